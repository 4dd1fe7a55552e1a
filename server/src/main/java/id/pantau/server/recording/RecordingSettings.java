package id.pantau.server.recording;

import java.nio.file.Path;
import java.time.Duration;

/// @param volume directory of the default volume
/// @param fragment target length of a fragment; a kill costs at most one
/// @param gather how long media may wait for its recorder, which wakes only so often
/// @param retention how long recordings stay where a camera's policy does not say
/// @param timing how often volumes are looked at, and what is slow
public record RecordingSettings(
        Path volume,
        Duration fragment,
        Duration gather,
        Duration retention,
        VolumeTiming timing) {
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(180);

    public static RecordingSettings inHome(Path home) {
        return new RecordingSettings(
                home.resolve("recordings"),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                DEFAULT_RETENTION,
                VolumeTiming.DEFAULT);
    }

    public RecordingSettings withRetention(Duration other) {
        return new RecordingSettings(volume, fragment, gather, other, timing);
    }
}
