package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DaySumsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate CLOCKS_GO_BACK = LocalDate.of(2026, 10, 25);

    private final DaySums sums = new DaySums(BERLIN);

    @Test
    void aSpanCountsForEachDayItTouches_theOneOf25HoursToo() {
        long start = DaySums.startMs(CLOCKS_GO_BACK, BERLIN) - 1000;
        long end = DaySums.startMs(CLOCKS_GO_BACK.plusDays(1), BERLIN) + 2000;

        sums.add(new TimeSet.Span(start, end));

        assertThat(sums.of(CLOCKS_GO_BACK.minusDays(1))).isEqualTo(1000);
        assertThat(sums.of(CLOCKS_GO_BACK)).isEqualTo(25 * 3_600_000);
        assertThat(sums.of(CLOCKS_GO_BACK.plusDays(1))).isEqualTo(2000);
    }

    @Test
    void theOrderDoesNotMatter() {
        long day = DaySums.startMs(CLOCKS_GO_BACK, BERLIN);
        sums.add(day + 1, 10);
        sums.add(day - 1, 20);
        sums.add(day, 30);

        assertThat(sums.of(CLOCKS_GO_BACK)).isEqualTo(40);
        assertThat(sums.of(CLOCKS_GO_BACK.minusDays(1))).isEqualTo(20);
        assertThat(sums.of(CLOCKS_GO_BACK.plusDays(9))).isZero();
    }
}
