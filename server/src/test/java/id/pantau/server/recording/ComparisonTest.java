package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @TempDir Path home;

    private static List<DayComparison> compare(RecordingRoom room) {
        return room.recording.recordings().compare("cam1", DAY, DAY, ZoneOffset.UTC, Rolls.DEFAULT);
    }

    private static void play(RecordingRoom room, SyntheticCamera camera, int seconds)
            throws InterruptedException {
        for (int s = 0; s < seconds; s++) {
            room.recording.analysed("cam1", room.clock.instant(), new AnalysisCount(5, 2, 1));
            room.play(Duration.ofSeconds(1), camera);
        }
    }

    @Test
    void whatEachModeWouldHaveKeptIsNotedWhateverTheModeIs() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1"); // continuous
            camera.connect();
            play(room, camera, 60);
            Instant moved = room.clock.instant();
            room.recording.trigger(
                    "cam1", new Trigger(Reason.MOTION, moved, moved.plusSeconds(5), null));
            play(room, camera, 20);
            Instant recognised = room.clock.instant().plusSeconds(60);
            play(room, camera, 60);
            room.recording.trigger(
                    "cam1", new Trigger(Reason.OBJECT, recognised, recognised, null));
            play(room, camera, 60);
            room.recording.detach("cam1");

            List<DayComparison> days = compare(room);
            assertThat(days).hasSize(1);
            DayComparison day = days.getFirst();
            assertThat(day.count()).isEqualTo(new AnalysisCount(1000, 400, 200));
            assertThat(day.media()).isBetween(Duration.ofSeconds(170), Duration.ofSeconds(200));
            assertThat(day.kept())
                    .extracting(DayComparison.Kept::mode, DayComparison.Kept::spans)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(RecordingPolicy.Mode.CONTINUOUS, 1),
                            org.assertj.core.groups.Tuple.tuple(RecordingPolicy.Mode.MOTION, 2),
                            org.assertj.core.groups.Tuple.tuple(RecordingPolicy.Mode.OBJECT, 1));
            assertThat(day.kept().get(1).length()).isEqualTo(Duration.ofMillis(35_001));
            assertThat(day.kept().get(2).length()).isEqualTo(Duration.ofMillis(15_001));
            double share =
                    (double) day.kept().get(2).sizeBytes() / day.kept().getFirst().sizeBytes();
            assertThat(share).isCloseTo(15.0 / day.media().toSeconds(), within(0.01));
        }
    }

    @Test
    void manySpansOfAnHourAreWrittenAsFewerOnes() throws Exception {
        try (var room = new RecordingRoom(home)) {
            room.camera("cam1").connect();
            Instant start = room.clock.instant();
            for (int i = 0; i < 1000; i++) {
                Instant at = start.plusMillis(3500L * i);
                room.recording.trigger("cam1", new Trigger(Reason.MOTION, at, at, null));
            }
            room.recording.detach("cam1");

            long rows =
                    room.database.read(jdbc ->
                            jdbc.sql("select count(*) from recording_interest")
                                    .query(Long.class)
                                    .single());
            assertThat(rows).isLessThanOrEqualTo(130);
        }
    }

    @Test
    void aDayOnWhichNothingCameIsLeftOut() throws Exception {
        try (var room = new RecordingRoom(home)) {
            assertThat(compare(room)).isEmpty();
        }
    }
}
