package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.testkit.DiskOperation;
import id.pantau.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final RecordingPolicy TEN_SECONDS =
            new RecordingPolicy(
                    RecordingPolicy.Mode.CONTINUOUS, Duration.ofSeconds(10), null, null);

    @TempDir Path home;

    @Test
    void aSmallVolumeStaysBelowItsWatermarkWithoutAGap() throws Exception {
        try (var room = new RecordingRoom(home, 3 << 20)) {
            Instant start = room.clock.instant();
            var first = room.camera("cam1", 4000, TEN_SECONDS);
            var second = room.camera("cam2", 3000, TEN_SECONDS);
            first.connect();
            second.connect();
            for (int i = 0; i < 100; i++) {
                room.play(Duration.ofSeconds(1), first, second);
                roomIsMade(room);
            }
            room.recording.detach("cam1");
            room.recording.detach("cam2");

            for (String camera : List.of("cam1", "cam2")) {
                Coverage coverage = room.coverage(camera, start);
                assertThat(coverage.gaps()).isEmpty();
                assertThat(coverage.spans()).hasSize(1);
                // what retention took is expired, not missing
                assertThat(coverage.spans().getFirst().start()).isAfter(start);
                assertThat(coverage.spans().getFirst().end()).isEqualTo(start.plusSeconds(100));
            }
            assertThat(room.recording.list().getFirst().freeBytes())
                    .isGreaterThan(room.recording.list().getFirst().lowWatermarkBytes() / 2);
        }
    }

    /// In real time retention has the whole second that the manual clock has just skipped.
    private static void roomIsMade(RecordingRoom room) throws InterruptedException {
        Volume volume = room.recording.volume();
        Eventually.await(
                "retention makes room",
                () -> {
                    try {
                        return volume.measureFreeBytes() >= volume.watermarks().lowBytes();
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void deletingBeginsBeforeTheLowWatermarkIsCrossed() throws Exception {
        try (var room = new RecordingRoom(home, 3 << 20)) {
            Volume volume = room.recording.volume();
            var camera = room.camera("cam1", 4000, TEN_SECONDS);
            camera.connect();
            for (int i = 0; i < 1000; i++) {
                room.play(SyntheticCamera.FRAME, camera);
                Watermarks marks = volume.watermarks();
                long near = marks.lowBytes() + (marks.highBytes() - marks.lowBytes()) / 4;
                long free = volume.measureFreeBytes();
                assertThat(free).isGreaterThanOrEqualTo(marks.lowBytes());
                if (free < near) {
                    Eventually.await("retention makes room", () -> freeBytes(volume) > near);
                }
            }
        }
    }

    @Test
    void afterDeletingInVainItDeletesAgainOnceSomebodyElseMadeRoom() throws Exception {
        try (var room = new RecordingRoom(home, 3 << 20)) {
            var camera = room.camera("cam1", 4000, TEN_SECONDS);
            camera.connect();
            room.play(Duration.ofSeconds(40), camera);
            room.disk.noSpaceAfter(0); // deleting gives nothing back
            Eventually.await("it is given up", () -> hasAlarm(room, "DELETING_FREES_NOTHING"));

            room.disk.heal();
            room.disk.capacity(3 << 20);
            room.awaitVolume(VolumeState.OK);
            Eventually.await("the alarm ends", () -> !hasAlarm(room, "DELETING_FREES_NOTHING"));
            for (int i = 0; i < 90; i++) {
                room.play(Duration.ofSeconds(1), camera);
                roomIsMade(room);
            }
        }
    }

    private static boolean hasAlarm(RecordingRoom room, String cause) {
        return room.recording.alarms().stream().anyMatch(alarm -> alarm.cause().equals(cause));
    }

    private static long freeBytes(Volume volume) {
        try {
            return volume.measureFreeBytes();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recordingsOlderThanTheirDaysGoAndEmptyFoldersWithThem() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var policy =
                    new RecordingPolicy(
                            RecordingPolicy.Mode.CONTINUOUS,
                            Duration.ofSeconds(10),
                            Duration.ofDays(2),
                            null);
            var camera = room.camera("cam1", 2000, policy);
            camera.connect();
            room.play(Duration.ofSeconds(30), camera);
            room.clock.advance(Duration.ofDays(3));
            room.play(Duration.ofSeconds(30), camera);
            Path first = home.resolve("recordings/cam1/2026-11-21");
            Eventually.await("the old day goes", () -> !Files.exists(first));
            assertThat(home.resolve("recordings/cam1/2026-11-24")).isDirectory();
        }
    }

    @Test
    void aCameraKeepsNoMoreThanItsBytes() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var policy =
                    new RecordingPolicy(
                            RecordingPolicy.Mode.CONTINUOUS,
                            Duration.ofSeconds(10),
                            null,
                            1_500_000L);
            var camera = room.camera("cam1", 4000, policy);
            var free = room.camera("cam2", 4000, TEN_SECONDS);
            camera.connect();
            free.connect();
            room.play(Duration.ofSeconds(60), camera, free);
            room.recording.detach("cam1");
            room.recording.detach("cam2");
            Eventually.await(
                    "cam1 is cut to its bytes",
                    () ->
                            room.segments("cam1").stream().mapToLong(Segment::sizeBytes).sum()
                                    <= 1_500_000);
            assertThat(room.segments("cam1").size()).isGreaterThan(1);
            assertThat(room.segments("cam2")).hasSize(6);
        }
    }

    @Test
    void lockedSegmentsOutliveAFullDisk() throws Exception {
        try (var room = new RecordingRoom(home, 3 << 20)) {
            var camera = room.camera("cam1", 4000, TEN_SECONDS);
            camera.connect();
            room.play(Duration.ofSeconds(25), camera);
            Eventually.await("two are closed", () -> room.segments("cam1").size() >= 3);
            List<Segment> locked = room.segments("cam1").subList(0, 2);
            room.ledger(ledger -> locked.forEach(s -> ledger.setLocked("cam1", s.startMs(), true)));
            for (int i = 0; i < 100; i++) {
                room.play(Duration.ofSeconds(1), camera);
                roomIsMade(room);
            }
            assertThat(room.segments("cam1"))
                    .extracting(Segment::id)
                    .startsWith(locked.get(0).id(), locked.get(1).id());
            assertThat(room.segments("cam1").size()).isLessThan(10);
        }
    }

    @Test
    void theOrderOfADeleteIsMarkThenUnlinkThenDirectoryThenRow() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1", 2000, TEN_SECONDS);
            camera.connect();
            room.play(Duration.ofSeconds(30), camera);
            room.recording.detach("cam1");
            Segment segment = room.segments("cam1").getFirst();
            room.disk.clearLog();
            room.disk.failChanges(change ->
                    change.kind() == DiskOperation.Kind.FORCE_DIRECTORY
                            && change.path().equals("cam1/2026-11-21"));
            var eraser = new Eraser(room.database, room.recording.volume());
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> eraser.erase(List.of(segment), true, room.clock.millis()))
                    .isInstanceOf(java.io.IOException.class);

            assertThat(room.segments("cam1")).doesNotContain(segment);
            assertThat(Fsck.check(room.database).findings())
                    .extracting(FsckFinding::kind)
                    .containsExactly(FsckFinding.Kind.DELETE_PENDING);
            assertThat(room.disk.log())
                    .extracting(DiskOperation::toString)
                    .filteredOn(change -> !change.contains(".pantau-"))
                    .containsExactly(
                            "DELETE cam1/2026-11-21/" + segment.id() + ".mp4",
                            "FORCE_DIRECTORY cam1/2026-11-21 failed");
            room.disk.heal();
            room.stop();
            room.startAgain(); // finishes it
            room.assertClean();
        }
    }

    @Test
    void watermarksFollowTheFormula() {
        long gib = 1L << 30;
        assertThat(Watermarks.of(1000 * gib, 0))
                .isEqualTo(new Watermarks(2 * gib, 4 * gib, gib / 4));
        assertThat(Watermarks.of(4000 * gib, 16_000_000))
                .isEqualTo(new Watermarks(9_600_000_000L, 19_200_000_000L, gib / 4));
        assertThat(Watermarks.of(64 << 20, 4_000_000))
                .isEqualTo(new Watermarks((64 << 20) / 10, (64 << 20) / 5, (64 << 20) / 50));
    }
}
