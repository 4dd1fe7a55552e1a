package id.pantau.vision.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets media pass no faster than it plays. HLS comes a segment at a time and a file all at once;
/// what reads them further on is made for cameras. Not thread-safe.
final class Pace {
    /// How far ahead media may be: a little, since late packets come in bursts.
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Media so late has lost its place: the source had stalled, or its clock is slow.
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Of every wait so much is waited less the next time: 5 % faster than it plays, so that a
    /// source with a fast clock is not left further and further behind.
    private static final int CATCH_UP = 20;

    private final LongSupplier monotonicNanos;
    private boolean started;
    private long startNanos; // when media time 0 is due

    Pace(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    /// How long to wait before passing on what is due at this media time; 0 for at once.
    long delayNanos(long mediaMs) {
        long now = monotonicNanos.getAsLong();
        long mediaNanos = TimeUnit.MILLISECONDS.toNanos(mediaMs);
        long early = startNanos + mediaNanos - now;
        if (!started || early < -LATE_NANOS) {
            started = true;
            startNanos = now - mediaNanos;
            return 0;
        }
        long delay = Math.max(0, early - AHEAD_NANOS);
        startNanos -= delay / CATCH_UP;
        return delay;
    }
}
