package id.pantau.server.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is wanted of a camera. A disabled camera has the mode [Mode#OFF].
///
/// @param segment how long a file becomes, 1 s..1 h; files end at the next key frame
/// @param retention how long recordings stay; null for the installation's default
/// @param retentionBytes how much of this camera stays at most; null for no bound
public record RecordingPolicy(
        Mode mode, Duration segment, @Nullable Duration retention, @Nullable Long retentionBytes) {
    public static final Duration DEFAULT_SEGMENT = Duration.ofSeconds(60);
    public static final RecordingPolicy CONTINUOUS =
            new RecordingPolicy(Mode.CONTINUOUS, DEFAULT_SEGMENT, null, null);
    public static final RecordingPolicy OFF =
            new RecordingPolicy(Mode.OFF, DEFAULT_SEGMENT, null, null);

    public enum Mode {
        OFF,
        CONTINUOUS
    }

    public RecordingPolicy {
        if (segment.compareTo(Duration.ofSeconds(1)) < 0
                || segment.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("a segment is 1 s to 1 h long: " + segment);
        }
        if (retention != null && (retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException("retention must be positive: " + retention);
        }
        if (retentionBytes != null && retentionBytes <= 0) {
            throw new IllegalArgumentException("retention must be positive: " + retentionBytes);
        }
    }
}
