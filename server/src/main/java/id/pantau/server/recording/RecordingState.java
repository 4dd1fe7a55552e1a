package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a camera's recorder is doing.
///
/// @param cause why nothing is recorded; null when recording or off
/// @param detail one English sentence, without credentials
public record RecordingState(
        Phase phase, @Nullable GapCause cause, @Nullable String detail, Instant since) {
    public enum Phase {
        /// Not wanted.
        OFF,
        RECORDING,
        /// Wanted, but the volume cannot take it.
        PAUSED,
        /// Wanted, but no stream comes.
        WAITING
    }
}
