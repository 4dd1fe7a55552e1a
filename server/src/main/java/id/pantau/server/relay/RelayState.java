package id.pantau.server.relay;

import id.pantau.media.StreamEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a relay is doing.
///
/// @param lastEnd why the try before ended; null before the first end
/// @param nextAttemptAt when `WAITING`, the time of the next try; null otherwise
/// @param sentBytes of media since the relay was started
public record RelayState(
        Phase phase,
        Instant since,
        @Nullable StreamEnd lastEnd,
        @Nullable Instant nextAttemptAt,
        long sentBytes) {
    public enum Phase {
        /// Switched off.
        OFF,
        /// Nothing comes from the camera.
        NO_MEDIA,
        CONNECTING,
        PUSHING,
        /// The last try failed; the next one comes at a known time.
        WAITING
    }
}
