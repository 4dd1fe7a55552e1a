package id.pantau.server.vision;

import id.pantau.vision.analysis.Rates;
import id.pantau.vision.worker.Sighting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes rates of what the worker has counted, over some seconds. Not thread-safe.
final class RateMeter {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    record Reading(double fps, double lookedFps, double passedOverFps) {}

    private @Nullable Instant since;
    private Rates before = new Rates(0, 0, 0, 0, 0);

    /// @return null while the window is not over
    @Nullable Reading add(Sighting sighting) {
        Instant begin = since;
        Rates now = sighting.rates();
        if (begin == null) {
            since = sighting.wallTime();
            before = now;
            return null;
        }
        Duration passed = Duration.between(begin, sighting.wallTime());
        if (passed.isNegative()) {
            since = null; // the clock was set back
            return null;
        }
        if (passed.compareTo(WINDOW) < 0) {
            return null;
        }
        double seconds = passed.toNanos() / 1e9;
        var reading =
                new Reading(
                        (now.frames() - before.frames()) / seconds,
                        (now.looked() - before.looked()) / seconds,
                        (now.passedOver() - before.passedOver()) / seconds);
        since = sighting.wallTime();
        before = now;
        return reading;
    }
}
