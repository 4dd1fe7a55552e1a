package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings on a disk of their own, beside the home.
class VolumePlaceTest {
    @TempDir Path home;
    @TempDir Path disk;

    @FunctionalInterface
    private interface Look {
        void at(Recording recording) throws IOException;
    }

    private void opened(Path volume, Look look) throws IOException {
        try (var database = Database.open(DatabaseSettings.sqlite(home));
                var recording =
                        Recording.open(
                                database,
                                RecordingSettings.on(volume),
                                Clock.systemUTC(),
                                _ -> {})) {
            look.at(recording);
        }
    }

    @Test
    void anEmptyDirectoryOutsideTheHomeIsAMountPointUntilSomebodySaysOtherwise()
            throws IOException {
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> opened(disk, _ -> {}))
                .withMessageContaining("mount the disk")
                .withMessageContaining("pantau volume create " + disk);
        assertThat(Directories.list(disk)).isEmpty();

        String id = Recording.createVolume(disk, Clock.systemUTC());
        opened(
                disk,
                recording -> {
                    assertThat(recording.volume().id()).isEqualTo(id);
                    assertThat(recording.volume().health().state()).isEqualTo(VolumeState.OK);
                });
    }

    @Test
    void aDiskThatIsNotMountedAtTheStartIsWaitedForAndItsMountPointStaysEmpty() throws IOException {
        Path mountPoint = Files.createDirectory(disk.resolve("nas"));
        Recording.createVolume(mountPoint, Clock.systemUTC());
        opened(mountPoint, _ -> {});
        Files.move(mountPoint, disk.resolve("away"));
        Files.createDirectory(mountPoint);

        opened(
                mountPoint,
                recording ->
                        assertThat(recording.volume().health().state())
                                .isEqualTo(VolumeState.MISSING));
        assertThat(Directories.list(mountPoint)).isEmpty();
    }

    @Test
    void aVolumeThatWasMovedIsKnownByItsIdentity() throws IOException {
        Path before = Files.createDirectory(disk.resolve("before"));
        String id = Recording.createVolume(before, Clock.systemUTC());
        opened(before, _ -> {});
        Path after = Files.move(before, disk.resolve("after"));

        opened(after, recording -> assertThat(recording.volume().id()).isEqualTo(id));
        try (var database = Database.open(DatabaseSettings.sqlite(home))) {
            assertThat(Fsck.check(database).findings()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatHoldsSomethingNeverBecomesAVolume() throws IOException {
        Files.writeString(disk.resolve("letter.txt"), "somebody's");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Recording.createVolume(disk, Clock.systemUTC()))
                .withMessageContaining("letter.txt");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Recording.createVolume(disk.resolve("typo"), Clock.systemUTC()))
                .withMessageContaining("is not a directory");
    }
}
