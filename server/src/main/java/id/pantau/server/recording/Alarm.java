package id.pantau.server.recording;

import java.time.Instant;

/// Something a person should look at, from when it was raised until it is cleared.
///
/// @param id the same for raising and clearing, unique among running alarms
/// @param subject id of the volume or camera
/// @param cause stable word: a [VolumeState] or a [id.pantau.media.GapCause]
/// @param detail one English sentence
public record Alarm(
        String id, Kind kind, String subject, String cause, String detail, Instant since) {
    public enum Kind {
        VOLUME,
        RECORDING,
        CLOCK,
        /// Nothing looks at a camera that is to be recorded when something happens.
        ANALYSIS
    }
}
