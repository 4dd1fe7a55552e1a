package id.pantau.server.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wanted of a camera. A disabled camera has the mode [Mode#OFF].
///
/// @param segment how long a file becomes, 1 s..1 h; files end at the next key frame
/// @param retention how long recordings stay; null for the installation's default
/// @param retentionBytes how much of this camera stays at most; null for no bound
/// @param rolls what is kept around a trigger
/// @param week when another mode holds; null for never
public record RecordingPolicy(
        Mode mode,
        Duration segment,
        @Nullable Duration retention,
        @Nullable Long retentionBytes,
        Rolls rolls,
        @Nullable WeekSchedule week) {
    public static final Duration DEFAULT_SEGMENT = Duration.ofSeconds(60);
    public static final RecordingPolicy CONTINUOUS =
            new RecordingPolicy(Mode.CONTINUOUS, DEFAULT_SEGMENT, null, null);
    public static final RecordingPolicy OFF =
            new RecordingPolicy(Mode.OFF, DEFAULT_SEGMENT, null, null);

    /// Offsets of all time zones, and the moments when they change, are multiples of it.
    static final long QUARTER_MS = 900_000;

    public enum Mode {
        OFF,
        CONTINUOUS,
        /// While something moves, or is recognised.
        MOTION,
        /// While something is recognised.
        OBJECT;

        boolean isSelective() {
            return switch (this) {
                case OFF, CONTINUOUS -> false;
                case MOTION, OBJECT -> true;
            };
        }

        /// Whether a trigger makes a camera of this mode record.
        boolean reactsTo(Reason reason) {
            return switch (reason) {
                case CONTINUOUS -> false;
                case MOTION -> this == MOTION;
                case OBJECT -> isSelective();
                case MANUAL, API, ALARM -> true;
            };
        }
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

    public RecordingPolicy(
            Mode mode,
            Duration segment,
            @Nullable Duration retention,
            @Nullable Long retentionBytes) {
        this(mode, segment, retention, retentionBytes, Rolls.DEFAULT, null);
    }

    /// The mode that holds at a moment.
    Mode modeAt(long ms) {
        Mode scheduled = week == null ? null : week.at(Instant.ofEpochMilli(ms));
        return scheduled == null ? mode : scheduled;
    }

    /// When anything is wanted, between two moments.
    TimeSet wanted(long fromMs, long untilMs) {
        if (week == null) {
            return mode == Mode.OFF ? TimeSet.EMPTY : TimeSet.of(fromMs, untilMs);
        }
        List<TimeSet.Span> wanted = new ArrayList<>();
        for (long at = fromMs; at < untilMs; at = quarterAfter(at)) {
            if (modeAt(at) != Mode.OFF) {
                wanted.add(new TimeSet.Span(at, Math.min(untilMs, quarterAfter(at))));
            }
        }
        return TimeSet.ofAll(wanted);
    }

    static long quarterAfter(long ms) {
        return (Math.floorDiv(ms, QUARTER_MS) + 1) * QUARTER_MS;
    }
}
