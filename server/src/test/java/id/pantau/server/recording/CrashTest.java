package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.GapCause;
import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.FaultyFileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process dies between any two steps of writing and deleting. `-Dpantau.seed=…` repeats a run.
class CrashTest {
    private static final long SEED = Long.getLong("pantau.seed", 20261121L);
    private static final long CAPACITY = 3 << 20;

    /// What the product promises, measured to the picture at which the process died.
    private static final Duration LARGEST_LOSS = Duration.ofSeconds(2);

    @TempDir Path home;

    @RepeatedTest(8)
    void dyingAtAnyStepLosesAtMostTheLastFragmentsAndLeavesAllElseWhole(RepetitionInfo repetition)
            throws Exception {
        long seed = SEED + repetition.getCurrentRepetition();
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        try (var room = new RecordingRoom(home, CAPACITY)) {
            for (int life = 0; life < 2; life++) {
                Instant diedAt = liveAndDie(room, random);
                room.startAgainAndCheck();
                for (String camera : List.of("cam1", "cam2")) {
                    List<Segment> segments = room.segments(camera);
                    assertThat(segments.getLast().end())
                            .as("%s, seed %d", camera, seed)
                            .isAfterOrEqualTo(diedAt.minus(LARGEST_LOSS));
                }
            }
        }
    }

    @RepeatedTest(6)
    void dyingWhileSomethingIsKeptLosesAtMostItsLastFragments(RepetitionInfo repetition)
            throws Exception {
        long seed = SEED + repetition.getCurrentRepetition();
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        try (var room = new RecordingRoom(home)) {
            for (int life = 0; life < 2; life++) {
                Instant diedAt = moveAndDie(room, random);
                room.startAgainAndCheck();
                List<Segment> segments = room.segments("cam1");
                if (!diedAt.equals(Instant.MIN)) {
                    assertThat(segments.getLast().end())
                            .as("seed %d", seed)
                            .isAfterOrEqualTo(diedAt.minus(LARGEST_LOSS));
                }
            }
        }
    }

    /// @return when it died; [Instant#MIN] when nothing had come to the disk yet
    private static Instant moveAndDie(RecordingRoom room, SplittableRandom random)
            throws InterruptedException {
        var policy =
                new RecordingPolicy(
                        RecordingPolicy.Mode.MOTION, Duration.ofSeconds(10), null, null);
        var camera = room.camera("cam1", 4000, policy);
        camera.connect();
        for (int s = 0; s < 30; s++) {
            room.recording.analysed("cam1", room.clock.instant());
            room.play(Duration.ofSeconds(1), camera);
        }
        room.disk.killAt(1 + random.nextInt(120), random.nextInt(6000));
        Instant moved = room.clock.instant();
        while (!room.disk.isKilled()) {
            Instant now = room.clock.instant();
            room.recording.analysed("cam1", now);
            room.recording.trigger("cam1", new Trigger(Reason.MOTION, moved, now, null));
            room.play(SyntheticCamera.FRAME, camera);
        }
        Instant diedAt = room.clock.instant();
        room.die();
        return Duration.between(moved, diedAt).compareTo(LARGEST_LOSS) < 0 ? Instant.MIN : diedAt;
    }

    private static Instant liveAndDie(RecordingRoom room, SplittableRandom random)
            throws InterruptedException {
        var policy =
                new RecordingPolicy(
                        RecordingPolicy.Mode.CONTINUOUS, Duration.ofSeconds(10), null, null);
        var first = room.camera("cam1", 4000, policy);
        var second = room.camera("cam2", 3000, policy);
        first.connect();
        second.connect();
        room.play(Duration.ofSeconds(3), first, second);
        room.disk.killAt(1 + random.nextInt(400), random.nextInt(6000));
        while (!room.disk.isKilled()) {
            room.play(SyntheticCamera.FRAME, first, second); // the recorders keep up with each
            roomIsMade(room);
        }
        Instant diedAt = room.clock.instant();
        room.die();
        return diedAt;
    }

    /// In real time retention has the whole second that the manual clock has just skipped.
    private static void roomIsMade(RecordingRoom room) throws InterruptedException {
        Volume volume = room.recording.volume();
        Eventually.await(
                "retention makes room",
                () ->
                        room.disk.isKilled()
                                || volume.health().ok()
                                        && free(room.disk) >= volume.watermarks().lowBytes());
    }

    private static long free(FaultyFileSystem disk) {
        try {
            return java.nio.file.Files.getFileStore(disk.root()).getUsableSpace();
        } catch (java.io.IOException | id.pantau.testkit.Killed _) {
            return Long.MAX_VALUE;
        }
    }

    @Test
    void theTimeBetweenTheLastWholeFragmentAndTheStartIsAGapOfTheRestart() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.die();
            room.clock.advance(Duration.ofMinutes(5));
            room.startAgain();
            camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).extracting(Gap::cause).containsExactly(GapCause.RESTART);
            Gap gap = coverage.gaps().getFirst();
            assertThat(gap.start()).isEqualTo(room.segments("cam1").getFirst().end());
            assertThat(gap.end()).isEqualTo(start.plusSeconds(310));
        }
    }

    @Test
    void theIndexIsMadeAgainFromFilesAfterACrashAndANewDatabase() throws Exception {
        List<Segment> before;
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(150), camera);
            room.die();
            room.startAgain();
            before = room.segments("cam1");
        }
        assertThat(before).hasSize(3);
        Path newHome = home.resolve("new");
        try (var database = Database.open(DatabaseSettings.sqlite(newHome))) {
            FsckReport report = Fsck.rebuild(database, home.resolve("recordings"));
            assertThat(report.findings()).isEmpty();
            List<Segment> after =
                    database.read(
                            jdbc -> new Ledger(jdbc).listSegments("cam1", 0, Long.MAX_VALUE / 2));
            assertThat(after).isEqualTo(before);
        }
    }
}
