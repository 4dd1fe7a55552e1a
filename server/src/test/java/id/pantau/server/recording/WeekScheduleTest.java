package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.server.recording.RecordingPolicy.Mode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WeekScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// Off but for one stretch of one day.
    private static RecordingPolicy only(ZoneId zone, DayOfWeek day, int from, int until) {
        var slots = new StringBuilder("X".repeat(336));
        int first = (day.getValue() - 1) * 48;
        for (int slot = from; slot < until; slot++) {
            slots.setCharAt(first + slot, 'C');
        }
        return new RecordingPolicy(
                Mode.MOTION,
                RecordingPolicy.DEFAULT_SEGMENT,
                null,
                null,
                Rolls.DEFAULT,
                new WeekSchedule(zone, slots.toString()));
    }

    private static Duration wanted(RecordingPolicy policy, ZoneId zone, LocalDate day) {
        return Duration.ofMillis(
                policy.wanted(DaySums.startMs(day, zone), DaySums.startMs(day.plusDays(1), zone))
                        .totalMs());
    }

    @Test
    void anHourThatDaylightSavingSkipsIsNotUsedAndOneThatItRepeatsIsUsedTwice() {
        RecordingPolicy policy = only(BERLIN, DayOfWeek.SUNDAY, 4, 8); // 02:00 to 04:00
        assertThat(wanted(policy, BERLIN, LocalDate.of(2026, 3, 22)))
                .isEqualTo(Duration.ofHours(2));
        assertThat(wanted(policy, BERLIN, LocalDate.of(2026, 3, 29)))
                .isEqualTo(Duration.ofHours(1));
        assertThat(wanted(policy, BERLIN, LocalDate.of(2026, 10, 25)))
                .isEqualTo(Duration.ofHours(3));
    }

    @Test
    void itsHoursAreThoseOfTheWallClockOnBothSidesOfAChange() {
        RecordingPolicy policy = only(BERLIN, DayOfWeek.MONDAY, 16, 17); // 08:00 to 08:30
        assertThat(policy.modeAt(Instant.parse("2026-03-23T07:00:00Z").toEpochMilli()))
                .isEqualTo(Mode.CONTINUOUS);
        assertThat(policy.modeAt(Instant.parse("2026-03-30T06:00:00Z").toEpochMilli()))
                .isEqualTo(Mode.CONTINUOUS);
        assertThat(policy.modeAt(Instant.parse("2026-03-30T07:00:00Z").toEpochMilli()))
                .isEqualTo(Mode.OFF);
    }

    @Test
    void zonesWithQuartersOfAnHourKeepTheirHours() {
        ZoneId nepal = ZoneId.of("Asia/Kathmandu"); // UTC+5:45
        RecordingPolicy policy = only(nepal, DayOfWeek.SATURDAY, 0, 1);
        TimeSet wanted =
                policy.wanted(
                        Instant.parse("2026-11-20T00:00:00Z").toEpochMilli(),
                        Instant.parse("2026-11-22T00:00:00Z").toEpochMilli());
        assertThat(wanted.spans())
                .containsExactly(
                        new TimeSet.Span(
                                Instant.parse("2026-11-20T18:15:00Z").toEpochMilli(),
                                Instant.parse("2026-11-20T18:45:00Z").toEpochMilli()));
    }

    @Test
    void aDotLeavesTheCamerasOwnMode() {
        var policy =
                new RecordingPolicy(
                        Mode.OBJECT,
                        RecordingPolicy.DEFAULT_SEGMENT,
                        null,
                        null,
                        Rolls.DEFAULT,
                        new WeekSchedule(BERLIN, ".".repeat(336)));
        assertThat(policy.modeAt(0)).isEqualTo(Mode.OBJECT);
    }

    @Test
    void anythingElseThanAWholeWeekOfKnownLettersIsRefused() {
        assertThatThrownBy(() -> new WeekSchedule(BERLIN, "C".repeat(335)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WeekSchedule(BERLIN, "C".repeat(335) + "z"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
