package id.pantau.server.recording;

import java.nio.file.Path;
import java.time.Duration;

/// @param volume directory of the default volume
/// @param becomesVolume whether an empty directory there becomes a volume by itself, the first
///   time. Only in the home: anywhere else it may be a mount point whose disk is not mounted
/// @param fragment target length of a fragment; a kill costs at most one
/// @param gather how long media may wait for its recorder, which wakes only so often
/// @param retention how long recordings stay where a camera's policy does not say
/// @param timing how often volumes are looked at, and what is slow
/// @param ring what may be held in memory until it is decided whether it is kept
public record RecordingSettings(
        Path volume,
        boolean becomesVolume,
        Duration fragment,
        Duration gather,
        Duration retention,
        VolumeTiming timing,
        RingLimits ring) {
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(180);

    public RecordingSettings {
        volume = volume.toAbsolutePath().normalize();
    }

    RecordingSettings(
            Path volume,
            boolean becomesVolume,
            Duration fragment,
            Duration gather,
            Duration retention,
            VolumeTiming timing) {
        this(volume, becomesVolume, fragment, gather, retention, timing, RingLimits.ofHeap());
    }

    public static RecordingSettings inHome(Path home) {
        return in(home.resolve("recordings"), true);
    }

    /// On a disk of its own, which was made a volume by [Recording#createVolume].
    public static RecordingSettings on(Path volume) {
        return in(volume, false);
    }

    private static RecordingSettings in(Path volume, boolean becomesVolume) {
        return new RecordingSettings(
                volume,
                becomesVolume,
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                DEFAULT_RETENTION,
                VolumeTiming.DEFAULT);
    }

    public RecordingSettings withRetention(Duration other) {
        return new RecordingSettings(volume, becomesVolume, fragment, gather, other, timing, ring);
    }
}
