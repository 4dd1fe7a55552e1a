package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.GapCause;
import id.pantau.media.StreamEnd;
import id.pantau.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The server's clock is set forward and back while cameras record.
class RecordingClockTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir Path home;

    @Test
    void aStepForwardLosesNothingAndSkipsAnHour() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofMillis(10_500), camera); // in the middle of a GOP
            room.clock.step(HOUR);
            room.play(Duration.ofSeconds(20), camera);
            room.recording.detach("cam1");

            List<Segment> segments = room.segments("cam1");
            assertThat(segments).hasSize(2);
            assertThat(recorded(segments)).isEqualTo(Duration.ofMillis(30_500));
            assertThat(segments.get(1).start()).isEqualTo(start.plus(HOUR).plusSeconds(11));
            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).extracting(Gap::cause).containsExactly(GapCause.CLOCK);
            assertThat(coverage.recorded()).isEqualTo(coverage.wanted());
        }
    }

    @Test
    void aStepBackLosesNothingNeverOverlapsAndRaisesAnAlarm() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.clock.step(HOUR.negated());
            room.play(Duration.ofSeconds(100), camera);
            assertThat(room.recording.alarms())
                    .extracting(Alarm::kind)
                    .containsExactly(Alarm.Kind.CLOCK);
            room.recording.detach("cam1");

            List<Segment> segments = room.segments("cam1");
            assertNoOverlap(segments);
            assertThat(segments.getFirst().start()).isEqualTo(start);
            // 100 s of media are placed on 95 s of the timeline: it catches up by 5 %
            assertThat(Duration.between(start, segments.getLast().end()))
                    .isBetween(Duration.ofMillis(104_900), Duration.ofMillis(105_500));
            assertThat(room.coverage("cam1", start).gaps()).isEmpty();
        }
    }

    @Test
    void aStepBackEndsWhenTheClockHasCaughtUp() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.clock.step(Duration.ofSeconds(-5));
            room.play(Duration.ofSeconds(110), camera); // 5 % of it are 5.5 s
            assertThat(room.recording.alarms()).isEmpty();
            Instant now = room.clock.instant();
            room.recording.detach("cam1");

            assertThat(room.segments("cam1").getLast().end())
                    .isBetween(now.minusMillis(200), now.plusMillis(200));
            assertNoOverlap(room.segments("cam1"));
        }
    }

    @Test
    void aStepBackWhileTheCameraIsAwayNeverOverlapsEither() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            camera.disconnect(StreamEnd.Reason.CONNECTION_LOST);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.clock.step(HOUR.negated());
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            assertNoOverlap(room.segments("cam1"));
            assertThat(recorded(room.segments("cam1")))
                    .isBetween(Duration.ofMillis(19_400), Duration.ofSeconds(20));
        }
    }

    @Test
    void aStepBackWhilePantauWasDownContinuesBehindWhatIsRecorded() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.stop();
            room.clock.step(HOUR.negated());
            room.startAgain();
            camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            assertThat(room.segments("cam1")).hasSize(2);
            assertNoOverlap(room.segments("cam1"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:59:30Z, Europe/Berlin, 2026-10-25",
        "2026-03-29T00:59:30Z, Europe/Berlin, 2026-03-29",
        "2026-11-01T05:59:30Z, America/New_York, 2026-11-01"
    })
    void aNightOfDaylightSavingIsAnHourLikeAnyOther(Instant night, String zone, LocalDate day)
            throws Exception {
        try (var room =
                new RecordingRoom(home, ManualClock.startingAt(night), RecordingRoom.CAPACITY)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofMinutes(2), camera);
            room.recording.detach("cam1");

            assertThat(room.segments("cam1")).hasSize(2);
            assertNoOverlap(room.segments("cam1"));
            assertThat(room.coverage("cam1", night).gaps()).isEmpty();
            assertThat(
                            room.recording
                                    .recordings()
                                    .days(
                                            "cam1",
                                            day.minusDays(1),
                                            day.plusDays(1),
                                            ZoneId.of(zone)))
                    .containsExactly(new DayTotal(day, Duration.ofMinutes(2), Duration.ZERO));
        }
    }

    private static Duration recorded(List<Segment> segments) {
        return segments.stream().map(Segment::recorded).reduce(Duration.ZERO, Duration::plus);
    }

    private static void assertNoOverlap(List<Segment> segments) {
        for (int i = 1; i < segments.size(); i++) {
            assertThat(segments.get(i).start()).isAfterOrEqualTo(segments.get(i - 1).end());
        }
    }
}
