package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CheckTimeTest {
    private static final CheckTime BERLIN = at("Europe/Berlin", 2, 30);

    private static CheckTime at(String zone, int hour, int minute) {
        return new CheckTime(ZoneId.of(zone), LocalTime.of(hour, minute));
    }

    private static void assertBetween(CheckTime time, String now, String latest, String next) {
        Instant at = Instant.parse(now);
        assertThat(time.latest(at)).contains(Instant.parse(latest));
        assertThat(time.next(at)).contains(Instant.parse(next));
    }

    @Test
    void itIsATimeOfTheSitesDay() {
        CheckTime jakarta = at("Asia/Jakarta", 3, 0);
        assertBetween(
                jakarta, "2026-11-21T19:59:59Z", "2026-11-20T20:00:00Z", "2026-11-21T20:00:00Z");
        assertBetween(
                jakarta, "2026-11-21T20:00:00Z", "2026-11-21T20:00:00Z", "2026-11-22T20:00:00Z");
    }

    @Test
    void whereTheClockIsPutForwardItComesLater() {
        assertBetween(
                BERLIN, "2026-03-29T01:29:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z");
        assertBetween(
                BERLIN, "2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void whereTheClockIsPutBackTheFirstOfTwoCounts() {
        assertBetween(
                BERLIN, "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertBetween(
                BERLIN, "2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void switchedOffThereIsNone() {
        var off = new CheckTime(ZoneId.of("Asia/Jakarta"), null);
        assertThat(off.latest(Instant.EPOCH)).isEmpty();
        assertThat(off.next(Instant.EPOCH)).isEmpty();
    }
}
