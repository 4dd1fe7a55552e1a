package id.pantau.server.camera;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a camera's main stream is recorded.
///
/// @param segment length of one recorded file
/// @param retentionDays null: the server's default
/// @param retentionBytes at most so much of this camera is kept; null: as much as the volume lets
/// @param preRoll what is kept before something happens, 0..60 s
/// @param postRoll what is kept after it, 0..10 min
/// @param merge kept spans with less between them become one, 0..10 min
/// @param week 336 letters, a mode for each half hour from Monday 00:00 on by the site's clock: `X`
///   off, `C` continuous, `M` motion, `O` object, `.` as `mode` says; null: always as it says
public record RecordingSettings(
        Mode mode,
        Duration segment,
        @Nullable Integer retentionDays,
        @Nullable Long retentionBytes,
        Duration preRoll,
        Duration postRoll,
        Duration merge,
        @Nullable String week) {
    public static final Duration DEFAULT_SEGMENT = Duration.ofSeconds(60);
    public static final Duration DEFAULT_PRE_ROLL = Duration.ofSeconds(5);
    public static final Duration DEFAULT_POST_ROLL = Duration.ofSeconds(10);
    public static final Duration DEFAULT_MERGE = Duration.ofSeconds(5);
    public static final RecordingSettings DEFAULT =
            new RecordingSettings(Mode.CONTINUOUS, DEFAULT_SEGMENT, null, null);

    public enum Mode {
        OFF,
        CONTINUOUS,
        /// While something moves.
        MOTION,
        /// While something is recognised.
        OBJECT
    }

    public RecordingSettings(
            Mode mode,
            Duration segment,
            @Nullable Integer retentionDays,
            @Nullable Long retentionBytes) {
        this(
                mode,
                segment,
                retentionDays,
                retentionBytes,
                DEFAULT_PRE_ROLL,
                DEFAULT_POST_ROLL,
                DEFAULT_MERGE,
                null);
    }

    /// Whether the stream is needed at any time of the week.
    boolean isEverOn() {
        String slots = week;
        return slots == null
                ? mode != Mode.OFF
                : slots.chars().anyMatch(slot -> slot == '.' ? mode != Mode.OFF : slot != 'X');
    }
}
