package id.pantau.server.vision;

import id.pantau.vision.analysis.Rates;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes rates of what the worker has counted, over some seconds of the time in which it is heard:
/// a worker that is behind tells of many pictures at once, all with the same counts. Not
/// thread-safe.
final class RateMeter {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    record Reading(double fps, double lookedFps, double passedOverFps) {}

    private @Nullable Rates before;
    private long since;

    /// @param nanos as [System#nanoTime]
    /// @return null while the window is not over
    @Nullable Reading add(Rates now, long nanos) {
        Rates first = before;
        if (first == null) {
            before = now;
            since = nanos;
            return null;
        }
        if (nanos - since < WINDOW_NANOS) {
            return null;
        }
        double seconds = (nanos - since) / 1e9;
        before = now;
        since = nanos;
        return new Reading(
                (now.frames() - first.frames()) / seconds,
                (now.looked() - first.looked()) / seconds,
                (now.passedOver() - first.passedOver()) / seconds);
    }
}
