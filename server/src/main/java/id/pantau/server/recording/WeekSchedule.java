package id.pantau.server.recording;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which mode holds in each half hour of the week, by the clock on the wall of the site. An hour
/// that daylight saving skips is not used, one that it repeats is used twice.
///
/// @param slots 336 letters, from Monday 00:00: `X` off, `C` continuous, `M` motion, `O` object,
///   `.` as the camera is set
public record WeekSchedule(ZoneId zone, String slots) {
    static final int SLOTS_A_DAY = 48;
    private static final Pattern SHAPE = Pattern.compile("[XCMO.]{336}");
    private static final int SLOT_S = 1800;

    public WeekSchedule {
        if (!SHAPE.matcher(slots).matches()) {
            throw new IllegalArgumentException("a week has 336 letters of X, C, M, O and a dot");
        }
    }

    /// @return null where the camera's own mode holds
    RecordingPolicy.@Nullable Mode at(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        int slot =
                (local.getDayOfWeek().getValue() - 1) * SLOTS_A_DAY
                        + local.toLocalTime().toSecondOfDay() / SLOT_S;
        return switch (slots.charAt(slot)) {
            case 'X' -> RecordingPolicy.Mode.OFF;
            case 'C' -> RecordingPolicy.Mode.CONTINUOUS;
            case 'M' -> RecordingPolicy.Mode.MOTION;
            case 'O' -> RecordingPolicy.Mode.OBJECT;
            default -> null;
        };
    }
}
