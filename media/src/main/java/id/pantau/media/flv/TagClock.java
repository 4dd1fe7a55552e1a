package id.pantau.media.flv;

import id.pantau.media.MediaTime;

/// Turns the timestamps of all tags of one sender into media time: unwraps them, and bridges jumps
/// that the arrival cannot explain. Audio and video share it, so that they stay in step through a
/// jump. Not thread-safe.
final class TagClock {
    /// Where media time begins: so late that earlier tags of the other kind are not negative.
    private static final long BEGIN_90K = 10 * MediaTime.TICKS_PER_SECOND;

    /// So far behind the newest may a tag of the other kind be.
    private static final int BEHIND_MS = 1000;

    /// So far ahead of what arrival explains may a tag be: senders start with a burst.
    private static final int AHEAD_MS = 3000;

    private static final int TICKS_PER_MS = 90;

    private boolean started;
    private int newestMs; // timestamp
    private long newest90k;
    private long newestArrival90k;

    /// @param timestampMs as sent
    /// @param arrival90k when it came, on a clock that cannot be set
    long next(int timestampMs, long arrival90k) {
        if (!started) {
            started = true;
            take(timestampMs, BEGIN_90K, arrival90k);
            return BEGIN_90K;
        }
        int step = timestampMs - newestMs;
        long elapsed90k = arrival90k - newestArrival90k;
        boolean jump = step < -BEHIND_MS || step > elapsed90k / TICKS_PER_MS + AHEAD_MS;
        if (jump) {
            long bridged = Math.clamp(elapsed90k, TICKS_PER_MS, AHEAD_MS * TICKS_PER_MS);
            take(timestampMs, newest90k + bridged, arrival90k);
            return newest90k;
        }
        long media90k = newest90k + (long) step * TICKS_PER_MS;
        if (step > 0) {
            take(timestampMs, media90k, arrival90k);
        }
        return media90k;
    }

    private void take(int timestampMs, long media90k, long arrival90k) {
        newestMs = timestampMs;
        newest90k = media90k;
        newestArrival90k = arrival90k;
    }
}
