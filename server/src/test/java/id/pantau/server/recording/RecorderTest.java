package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.GapCause;
import id.pantau.media.StreamEnd;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path home;

    @Test
    void threeMinutesBecomeSegmentsOfAMinuteThatFollowEachOtherWithoutAHole() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(MINUTE.multipliedBy(3), camera);
            room.recording.detach("cam1");

            List<Segment> segments = room.segments("cam1");
            assertThat(segments).hasSize(3);
            assertThat(segments.getFirst().start()).isEqualTo(start);
            assertThat(segments.get(1).start()).isEqualTo(segments.get(0).end());
            assertThat(segments.get(2).start()).isEqualTo(segments.get(1).end());
            assertThat(segments.getLast().end()).isEqualTo(start.plus(MINUTE.multipliedBy(3)));
            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).hasSize(1);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.recorded()).isEqualTo(coverage.wanted());
        }
    }

    @Test
    void filesAreCalledAsTheContractSaysAndEndWithTheirIndex() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            Path file = home.resolve("recordings/cam1/2026-11-21/cam1_2026-11-21_07-00-00Z.mp4");
            assertThat(file).isRegularFile();
            try (var channel = Files.newByteChannel(file)) {
                RecordedFile recorded = RecordedFile.read(channel);
                assertThat(recorded.closed()).isTrue();
                assertThat(recorded.fragments()).hasSize(10);
            }
        }
    }

    @Test
    void theRunningSegmentIsListedCoveredAndCanBeReadUpToItsLastWholeFragment() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.awaitPhase("cam1", RecordingState.Phase.RECORDING);

            Segment open = room.segments("cam1").getLast();
            assertThat(open.open()).isTrue();
            assertThat(room.recording.recordings().find("cam1", open.id())).isPresent();
            try (var channel = room.recording.recordings().open(open)) {
                RecordedFile recorded = RecordedFile.read(channel);
                assertThat(recorded.fileBytes()).isEqualTo(open.sizeBytes());
                assertThat(recorded.wholeBytes()).isEqualTo(open.sizeBytes());
            }
            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.recorded()).isGreaterThan(Duration.ofSeconds(7));
        }
    }

    @Test
    void aCameraThatGoesAndComesBackLeavesAGapWithItsCause() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            camera.disconnect(StreamEnd.Reason.CONNECTION_LOST);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.clock.advance(Duration.ofSeconds(30));
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps())
                    .containsExactly(
                            new Gap(
                                    start.plusSeconds(10),
                                    start.plusSeconds(40),
                                    GapCause.NETWORK,
                                    "the test said so"));
            assertThat(coverage.wanted()).isEqualTo(Duration.ofSeconds(50));
            assertThat(coverage.recorded()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void mediaThatKeepsGettingLostIsAGapWhileItLasts() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            camera.lose(Duration.ZERO, GapCause.NETWORK);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.clock.advance(Duration.ofSeconds(20));

            assertThat(room.coverage("cam1", start).gaps())
                    .containsExactly(
                            new Gap(
                                    start.plusSeconds(10),
                                    start.plusSeconds(30),
                                    GapCause.NETWORK,
                                    "media was lost on the way"));
        }
    }

    @Test
    void lostMediaInsideASessionIsAGapInsideTheSegment() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(5), camera);
            camera.lose(Duration.ofMillis(700), GapCause.NETWORK);
            room.play(Duration.ofSeconds(5), camera);
            room.recording.detach("cam1");

            assertThat(room.segments("cam1")).hasSize(1);
            assertThat(room.segments("cam1").getFirst().recorded())
                    .isEqualTo(Duration.ofSeconds(10));
            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps())
                    .extracting(Gap::start, Gap::end, Gap::cause)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    start.plusSeconds(5),
                                    start.plusMillis(5700),
                                    GapCause.NETWORK));
        }
    }

    @Test
    void aNewDecoderConfigurationBeginsANewFile() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            camera.change(SyntheticCamera.format("68ebe3cb22c1"));
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            assertThat(room.segments("cam1")).hasSize(2);
            assertThat(room.coverage("cam1", Instant.EPOCH).spans()).hasSize(1);
        }
    }

    @Test
    void twoStartsWithinOneSecondGetTwoNamesAndNoFileIsWrittenOver() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            for (int i = 0; i < 3; i++) {
                camera.connect();
                room.play(Duration.ofMillis(300), camera);
                camera.disconnect(StreamEnd.Reason.CONNECTION_LOST);
            }
            room.recording.detach("cam1");

            assertThat(room.segments("cam1"))
                    .extracting(Segment::id)
                    .containsExactly(
                            "cam1_2026-11-21_07-00-00Z",
                            "cam1_2026-11-21_07-00-00Z-2",
                            "cam1_2026-11-21_07-00-00Z-3");
        }
    }

    @Test
    void whatTheRecorderIsTooSlowForIsCountedAndAGapWithItsCause() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(5), camera);
            var released = new CountDownLatch(1);
            room.disk.delayChanges(Duration.ofMillis(1), _ -> released.await());
            for (int i = 0; i < 1500; i++) { // two units each; the queue holds 2048
                camera.playFrame();
            }
            assertThat(room.recording.shedUnits()).isPositive();
            released.countDown();
            room.disk.heal();
            room.play(Duration.ofSeconds(20), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isNotEmpty();
            assertThat(coverage.gaps())
                    .extracting(Gap::cause)
                    .isSubsetOf(GapCause.SHED, GapCause.DISK);
            Duration missing =
                    coverage.gaps().stream()
                            .map(gap -> Duration.between(gap.start(), gap.end()))
                            .reduce(Duration.ZERO, Duration::plus);
            assertThat(coverage.recorded().plus(missing)).isEqualTo(coverage.wanted());
        }
    }

    @Test
    void aDirectoryThatHoldsAnythingNeverBecomesAVolume() throws Exception {
        Files.writeString(home.resolve("letters.txt"), "private");
        assertThatThrownBy(() -> VolumeIdentity.create(home, Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("letters.txt");
        assertThat(VolumeIdentity.read(home)).isEmpty();
    }

    @Test
    void switchingOffEndsTheSegmentAndIsNoGap() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.setPolicy("cam1", RecordingPolicy.OFF);
            room.awaitPhase("cam1", RecordingState.Phase.OFF);
            room.play(Duration.ofSeconds(10), camera);
            room.recording.setPolicy("cam1", RecordingPolicy.CONTINUOUS);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).hasSize(2);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.wanted()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void aRecorderWithNothingToRecordSleepsUntilItIsWanted() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1", 2000, RecordingPolicy.OFF);
            camera.connect();
            Thread recorder =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("record-cam1"))
                            .findFirst()
                            .orElseThrow();
            Eventually.await(
                    "it waits without looking at the clock",
                    () -> recorder.getState() == Thread.State.WAITING);

            room.recording.setPolicy("cam1", RecordingPolicy.CONTINUOUS);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");
            assertThat(room.segments("cam1")).hasSize(1);
        }
    }

    @Test
    void aRebuildMakesTheSameRowsFromFilesAlone() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            var other = room.camera("cam2");
            camera.connect();
            other.connect();
            room.play(MINUTE.multipliedBy(2), camera, other);
            camera.lose(Duration.ofMillis(900), GapCause.NETWORK);
            room.play(Duration.ofSeconds(20), camera);
            room.recording.detach("cam1");
            room.recording.detach("cam2");
            List<Segment> before = room.segments("cam1");
            List<Segment> otherBefore = room.segments("cam2");
            long quartersBefore = sumOfQuarters(room);

            room.database.write(jdbc -> jdbc.sql("delete from segment").update());
            room.database.write(jdbc -> jdbc.sql("delete from recording_total").update());
            room.database.write(jdbc -> jdbc.sql("delete from recording_quarter").update());
            FsckReport report = Fsck.rebuild(room.database, null);

            assertThat(report.findings()).isEmpty();
            assertThat(room.segments("cam1")).isEqualTo(before);
            assertThat(room.segments("cam2")).isEqualTo(otherBefore);
            assertThat(sumOfQuarters(room)).isEqualTo(quartersBefore);
        }
    }

    private static long sumOfQuarters(RecordingRoom room) {
        return room.database.read(jdbc ->
                jdbc.sql("select sum(recorded_ms) from recording_quarter")
                        .query(Long.class)
                        .single());
    }

    @Test
    void fsckNamesWhatIsWrongBothWays() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(MINUTE.multipliedBy(4), camera);
            room.recording.detach("cam1");
            List<Segment> segments = room.segments("cam1");
            Path day = home.resolve("recordings/cam1/2026-11-21");
            Files.delete(fileOf(day, segments.get(0)));
            append(fileOf(day, segments.get(1)), "torn");
            Files.writeString(day.resolve("holiday.txt"), "not ours");
            room.database.write(jdbc ->
                    jdbc.sql("delete from segment where file = :file")
                            .param("file", segments.get(2).id())
                            .update());

            assertThat(Fsck.check(room.database).findings())
                    .extracting(FsckFinding::kind)
                    .containsExactlyInAnyOrder(
                            FsckFinding.Kind.ROW_WITHOUT_FILE,
                            FsckFinding.Kind.TORN,
                            FsckFinding.Kind.FOREIGN_FILE,
                            FsckFinding.Kind.FILE_WITHOUT_ROW);
            Files.delete(day.resolve("holiday.txt"));
            assertThat(Fsck.rebuild(room.database, null).findings()).isEmpty();
        }
    }

    private static Path fileOf(Path day, Segment segment) {
        return day.resolve(segment.id() + ".mp4");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, java.nio.file.StandardOpenOption.APPEND);
    }
}
