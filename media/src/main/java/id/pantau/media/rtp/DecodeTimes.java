package id.pantau.media.rtp;

/// Gives decode times to pictures that come in decoding order with presentation times. A picture is
/// decoded `depth` pictures before it is shown, so its decode time is the smallest of the newest
/// `depth + 1` presentation times. Not thread-safe.
final class DecodeTimes {
    private static final int MAX_DEPTH = 16;

    private int depth;
    private boolean mayDeepen;
    private boolean running;
    private final long[] window = new long[MAX_DEPTH + 2]; // sorted; `depth` of them between calls
    private long last = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private long shift;

    /// A new decoder configuration.
    ///
    /// @param pictures how many pictures may precede one in decoding order and follow it in output
    /// @param mayBeDeeper whether the stream may reorder more than that
    void configure(int pictures, boolean mayBeDeeper) {
        depth = Math.clamp(pictures, 0, MAX_DEPTH);
        mayDeepen = mayBeDeeper;
        running = false;
    }

    /// Pictures are missing; the next one does not follow the one before.
    void restart() {
        running = false;
    }

    /// @param pts of the next picture in decoding order
    /// @param interval a picture's duration as far as known, for the pictures that came before the
    ///   first one
    /// @return its decode time, greater than every one before. When it is after `pts`, the picture
    ///   came deeper out of order than known, and is to be presented at its decode time
    long next(long pts, long interval) {
        if (!running) {
            running = true;
            for (int i = 0; i < depth; i++) {
                window[i] = pts - (depth - i) * interval;
            }
        }
        insertAt(depth, pts);
        long dts = Math.max(window[0], last + 1);
        System.arraycopy(window, 1, window, 0, depth);
        shift = 0;
        if (dts > pts && mayDeepen && pts < newest && depth < MAX_DEPTH) {
            deepen(dts - pts);
        }
        newest = Math.max(newest, pts + shift);
        last = dts;
        return dts;
    }

    /// By how much the session's media time has to be moved from the last picture on, because it
    /// showed that the stream reorders more deeply than known; 0 almost always.
    long shift() {
        return shift;
    }

    int depth() {
        return depth;
    }

    private void deepen(long by) {
        insertAt(depth, last);
        depth++;
        for (int i = 0; i < depth; i++) {
            window[i] += by;
        }
        newest += by;
        shift = by;
    }

    private void insertAt(int count, long value) {
        int at = count;
        while (at > 0 && window[at - 1] > value) {
            window[at] = window[at - 1];
            at--;
        }
        window[at] = value;
    }
}
