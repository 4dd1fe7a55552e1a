package id.pantau.server.live;

import id.pantau.media.StreamFormat;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Waits for a stream that was not pulled a moment ago: a client that describes or negotiates what
/// it will play has to be told the format first.
final class FormatWait {
    /// A camera that is asked for its first picture answers within this, or not at all.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private FormatWait() {}

    /// @param hub of a stream that is held by a lease
    /// @return empty when nothing came in time
    static Optional<StreamFormat> await(StreamHub hub, Sleeper sleeper)
            throws InterruptedException {
        return await(hub, sleeper, () -> false);
    }

    /// The same, but a stream that is known to be away is not waited for.
    static Optional<StreamFormat> await(StreamHub hub, Sleeper sleeper, BooleanSupplier away)
            throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (hub.format().isEmpty() && !away.getAsBoolean() && System.nanoTime() < deadline) {
            sleeper.sleep(LOOK_EVERY);
        }
        return hub.format();
    }
}
