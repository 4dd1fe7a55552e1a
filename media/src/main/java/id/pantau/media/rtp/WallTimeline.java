package id.pantau.media.rtp;

import java.time.Instant;

/// Ties a session's media time to the server's clock. Media time paces; the line is drawn through
/// the units that were least delayed on their way and follows them by at most 500 ppm, so that
/// jitter does not show and a camera's drifting clock does not run away. Not thread-safe.
public final class WallTimeline {
    private static final long MAX_DEVIATION_MICROS = 1_000_000;

    /// A network that stalls catches up sooner than this; a camera whose clock jumped never does.
    private static final long LATE_FOR_MICROS = 3_000_000;

    private static final long WINDOW_MICROS = 2_000_000;
    private static final long SLEW_PPM = 500;

    private boolean anchored;
    private long anchor90k;
    private long anchorMicros;
    private long windowStart;
    private long leastDelay;
    private long lateSince = Long.MIN_VALUE;
    private long reanchored;

    /// Learns from the arrival of a unit.
    ///
    /// @param media90k its presentation time
    /// @param nowMicros the server's clock at arrival, microseconds since 1970
    /// @param stepped whether the server's clock was set since the unit before
    public void observe(long media90k, long nowMicros, boolean stepped) {
        if (!anchored) {
            anchor(media90k, nowMicros);
            return;
        }
        long delay = nowMicros - microsAt(media90k);
        if (stepped || delay < -MAX_DEVIATION_MICROS || lateForTooLong(delay, nowMicros)) {
            reanchored++;
            anchor(media90k, nowMicros);
            return;
        }
        leastDelay = Math.min(leastDelay, delay);
        long window = nowMicros - windowStart;
        if (window >= WINDOW_MICROS) {
            long most = window * SLEW_PPM / 1_000_000;
            anchorMicros += Math.clamp(leastDelay, -most, most);
            windowStart = nowMicros;
            leastDelay = Long.MAX_VALUE;
        }
    }

    /// When a media time was captured, by the server's clock; the epoch before the first
    /// [#observe].
    public Instant instantAt(long media90k) {
        long micros = microsAt(media90k);
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    /// The media time that belongs to an instant of the server's clock.
    long mediaAt(long micros) {
        return anchor90k + (micros - anchorMicros) * 9 / 100;
    }

    /// Media time was moved: what was `t` is `t + by90k` now.
    void shift(long by90k) {
        anchor90k += by90k;
    }

    boolean anchored() {
        return anchored;
    }

    long reanchored() {
        return reanchored;
    }

    private long microsAt(long media90k) {
        return anchorMicros + (media90k - anchor90k) * 100 / 9;
    }

    private boolean lateForTooLong(long delay, long nowMicros) {
        if (delay <= MAX_DEVIATION_MICROS) {
            lateSince = Long.MIN_VALUE;
            return false;
        }
        if (lateSince == Long.MIN_VALUE) {
            lateSince = nowMicros;
        }
        return nowMicros - lateSince >= LATE_FOR_MICROS;
    }

    private void anchor(long media90k, long nowMicros) {
        anchored = true;
        anchor90k = media90k;
        anchorMicros = nowMicros;
        windowStart = nowMicros;
        leastDelay = Long.MAX_VALUE;
        lateSince = Long.MIN_VALUE;
    }
}
