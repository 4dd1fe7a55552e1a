package id.pantau.server.camera;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a camera's main stream is recorded.
///
/// @param segment length of one recorded file
/// @param retentionDays null: the server's default
/// @param retentionBytes at most so much of this camera is kept; null: as much as the volume lets
public record RecordingSettings(
        Mode mode,
        Duration segment,
        @Nullable Integer retentionDays,
        @Nullable Long retentionBytes) {
    public static final Duration DEFAULT_SEGMENT = Duration.ofSeconds(60);
    public static final RecordingSettings DEFAULT =
            new RecordingSettings(Mode.CONTINUOUS, DEFAULT_SEGMENT, null, null);

    public enum Mode {
        OFF,
        CONTINUOUS
    }
}
