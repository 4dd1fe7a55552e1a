package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a camera's recorder is doing.
///
/// @param cause why nothing is recorded; null when recording, armed or off
/// @param reason why it records, words of [Reason] with commas between; null when it does not
/// @param detail one English sentence, without credentials
public record RecordingState(
        Phase phase,
        @Nullable GapCause cause,
        @Nullable String detail,
        @Nullable String reason,
        Instant since) {
    /// Why it records, empty when it does not.
    public List<String> reasons() {
        return reason == null ? List.of() : Reason.words(reason);
    }

    public RecordingState(
            Phase phase, @Nullable GapCause cause, @Nullable String detail, Instant since) {
        this(phase, cause, detail, null, since);
    }

    public enum Phase {
        /// Not wanted.
        OFF,
        RECORDING,
        /// Everything is well, and nothing happens that is to be kept.
        ARMED,
        /// Wanted, but the volume cannot take it.
        PAUSED,
        /// Wanted, but no stream comes.
        WAITING
    }
}
