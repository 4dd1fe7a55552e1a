package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.GapCause;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import id.pantau.testkit.DiskOperation;
import id.pantau.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every trouble a disk can have: recording pauses with a cause and an alarm, the hub's other
/// readers miss nothing, and it resumes by itself.
class DiskTroubleTest {
    @TempDir Path home;

    @FunctionalInterface
    private interface Trouble {
        void begin(RecordingRoom room);
    }

    private void pausesAndResumes(Trouble trouble, VolumeState expected) throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            room.awaitPhase("cam1", RecordingState.Phase.RECORDING);

            trouble.begin(room);
            try (var viewer =
                    camera.hub.subscribe(
                            "viewer", HubReader.Limits.RECORDER, StreamHub.Start.NEXT_KEY_FRAME)) {
                playUntil(room, camera, RecordingState.Phase.PAUSED);
                assertThat(viewer.dropped()).isZero();
            }
            assertThat(room.recording.volume().health().state()).isEqualTo(expected);
            assertThat(room.recording.state("cam1").cause()).isEqualTo(GapCause.DISK);
            Eventually.await(
                    "the volume's trouble is an alarm",
                    () ->
                            room.recording.alarms().stream()
                                    .anyMatch(alarm -> alarm.kind() == Alarm.Kind.VOLUME));
            Eventually.await(
                    "the pause is an alarm",
                    () ->
                            room.recording.alarms().stream()
                                    .anyMatch(alarm -> alarm.subject().equals("cam1")));

            room.play(Duration.ofSeconds(20), camera);
            room.disk.heal();
            room.awaitVolume(VolumeState.OK);
            playUntil(room, camera, RecordingState.Phase.RECORDING);
            room.play(Duration.ofSeconds(10), camera);
            Eventually.await("no alarm is left", () -> room.recording.alarms().isEmpty());
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).extracting(Gap::cause).containsOnly(GapCause.DISK);
            Duration missing = coverage.wanted().minus(coverage.recorded());
            // the hub remembers ten seconds, which the resumed recording takes in
            assertThat(missing).isPositive();
            assertThat(coverage.recorded()).isGreaterThan(Duration.ofSeconds(25));
        }
    }

    private static void playUntil(
            RecordingRoom room, SyntheticCamera camera, RecordingState.Phase phase)
            throws InterruptedException {
        Eventually.await(
                camera.id + " becomes " + phase,
                () -> {
                    camera.playFrame();
                    return room.recording.state(camera.id).phase() == phase;
                });
    }

    @Test
    void fullDiskEndsTheSegmentAtItsLastWholeFragment() throws Exception {
        pausesAndResumes(room -> room.disk.noSpaceAfter(10_000), VolumeState.FULL);
    }

    @Test
    void readOnlyVolumePausesTheRecording() throws Exception {
        pausesAndResumes(room -> room.disk.readOnly(), VolumeState.READ_ONLY);
    }

    @Test
    void vanishedVolumePausesTheRecording() throws Exception {
        pausesAndResumes(room -> room.disk.vanish(), VolumeState.MISSING);
    }

    @Test
    void failingFsyncPausesTheRecording() throws Exception {
        pausesAndResumes(
                room ->
                        room.disk.failChanges(
                                change -> change.kind() == DiskOperation.Kind.FORCE_FILE),
                VolumeState.READ_ONLY);
    }

    @Test
    void slowVolumePausesTheRecording() throws Exception {
        pausesAndResumes(
                room -> room.disk.delayChanges(Duration.ofMillis(350), Sleeper.SYSTEM),
                VolumeState.SLOW);
    }

    @Test
    void hangingVolumeIsNoticedAlthoughTheRecordersThreadIsHeld() throws Exception {
        pausesAndResumes(
                room -> room.disk.delayChanges(Duration.ofMillis(1500), Sleeper.SYSTEM),
                VolumeState.SLOW);
    }

    @Test
    void anotherVolumeInThePlaceIsNeverWrittenTo() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(5), camera);
            room.awaitPhase("cam1", RecordingState.Phase.RECORDING);
            Path identity = home.resolve("recordings").resolve(VolumeIdentity.FILE);
            String own = Files.readString(identity);
            Files.writeString(identity, "id=another\ncreated=2026-01-01T00:00:00Z\n");
            room.awaitVolume(VolumeState.FOREIGN);
            room.awaitPhase("cam1", RecordingState.Phase.PAUSED);
            room.disk.clearLog();
            room.play(Duration.ofSeconds(90), camera);
            assertThat(room.disk.log()).isEmpty();

            Files.writeString(identity, own);
            room.awaitVolume(VolumeState.OK);
            room.play(Duration.ofSeconds(5), camera);
        }
    }

    @Test
    void aVolumeThatIsNotThereAtTheStartIsWaitedForAndNeverCreated() throws Exception {
        Path recordings = home.resolve("recordings");
        Path away = home.resolve("away");
        try (var room = new RecordingRoom(home)) {
            room.stop();
            Files.move(recordings, away);
            Files.createDirectory(recordings); // the mount point without its mount
            room.startAgain();
            var camera = room.camera("cam1");
            camera.connect();
            room.play(Duration.ofSeconds(5), camera);
            room.awaitPhase("cam1", RecordingState.Phase.PAUSED);
            assertThat(Directories.list(recordings)).isEmpty();

            Files.delete(recordings);
            Files.move(away, recordings);
            room.awaitVolume(VolumeState.OK);
            playUntil(room, camera, RecordingState.Phase.RECORDING);
        }
    }

    @Test
    void theOrderOfAWriteIsFileThenDirectoryThenRow() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = room.camera("cam1");
            room.disk.clearLog();
            camera.connect();
            room.play(Duration.ofSeconds(3), camera);
            room.recording.detach("cam1");

            List<String> changes =
                    room.disk.log().stream()
                            .map(DiskOperation::toString)
                            .filter(change -> !change.contains(".pantau-"))
                            .toList();
            String file = "cam1/2026-11-21/cam1_2026-11-21_07-00-00Z.mp4";
            int created = changes.indexOf("CREATE_FILE " + file);
            int forced = changes.indexOf("FORCE_FILE " + file);
            int directory = changes.indexOf("FORCE_DIRECTORY cam1/2026-11-21");
            assertThat(created).isNotNegative();
            assertThat(forced).isGreaterThan(created);
            assertThat(directory).isGreaterThan(forced);
            assertThat(changes.getLast()).isEqualTo("FORCE_FILE " + file);
        }
    }
}
