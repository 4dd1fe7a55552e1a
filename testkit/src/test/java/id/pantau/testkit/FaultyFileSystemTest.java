package id.pantau.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.testkit.DiskOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyFileSystemTest {
    @TempDir Path folder;
    FaultyFileSystem disk;

    @BeforeEach
    void open() {
        disk = FaultyFileSystem.over(folder);
    }

    @Test
    void worksLikeAnyDiskWhileNothingIsWrong() throws IOException {
        Path day = Files.createDirectories(disk.root().resolve("cam1/2026-11-21"));
        Path file = Files.writeString(day.resolve("a.mp4"), "hello");
        Files.move(file, day.resolve("b.mp4"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(Files.readString(day.resolve("b.mp4"))).isEqualTo("hello");
        assertThat(Files.readString(folder.resolve("cam1/2026-11-21/b.mp4"))).isEqualTo("hello");
        try (var paths = Files.walk(disk.root())) {
            assertThat(paths.filter(Files::isRegularFile)).containsExactly(day.resolve("b.mp4"));
        }
        Files.delete(day.resolve("b.mp4"));
        assertThat(day.resolve("b.mp4")).doesNotExist();
    }

    @Test
    void theLogTellsChangesInOrder() throws IOException {
        Path file = disk.root().resolve("a.mp4");
        try (var channel = open(file)) {
            channel.write(bytes("0123456789"));
            channel.force(false);
        }
        try (var directory = FileChannel.open(disk.root(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        Files.delete(file);

        assertThat(disk.log())
                .extracting(DiskOperation::toString)
                .containsExactly(
                        "CREATE_FILE a.mp4",
                        "WRITE a.mp4",
                        "FORCE_FILE a.mp4",
                        "FORCE_DIRECTORY ",
                        "DELETE a.mp4");
    }

    @Test
    void aFullDiskTakesWhatFitsAndThenRefuses() throws IOException {
        Files.writeString(folder.resolve("old"), "0123456789");
        disk.capacity(16);

        try (var channel = open(disk.root().resolve("new"))) {
            assertThat(channel.write(bytes("abcdefgh"))).isEqualTo(6);
            assertThatThrownBy(() -> channel.write(bytes("gh")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
        }
        assertThat(folder.resolve("new")).hasContent("abcdef");
    }

    @Test
    void deletingMakesRoomAndTheFileStoreSaysSo() throws IOException {
        Path old = Files.writeString(disk.root().resolve("old"), "0123456789");
        disk.capacity(16);
        assertThat(Files.getFileStore(old).getTotalSpace()).isEqualTo(16);
        assertThat(Files.getFileStore(old).getUsableSpace()).isEqualTo(6);

        Files.delete(old);

        assertThat(Files.getFileStore(disk.root()).getUsableSpace()).isEqualTo(16);
        Files.writeString(disk.root().resolve("new"), "0123456789abcdef");
    }

    @Test
    void overwritingNeedsNoRoom() throws IOException {
        disk.capacity(4);
        try (var channel = open(disk.root().resolve("a"))) {
            channel.write(bytes("abcd"));
            assertThat(channel.write(bytes("AB"), 0)).isEqualTo(2);
        }
        assertThat(folder.resolve("a")).hasContent("ABcd");
    }

    @Test
    void aBudgetRunsOutWhateverIsDeleted() throws IOException {
        disk.noSpaceAfter(3);
        Path a = Files.writeString(disk.root().resolve("a"), "abc");
        Files.delete(a);
        assertThatThrownBy(() -> Files.writeString(disk.root().resolve("b"), "d"))
                .hasMessageContaining("No space left on device");
    }

    @Test
    void aReadOnlyDiskStillReads() throws IOException {
        Path a = Files.writeString(disk.root().resolve("a"), "abc");
        disk.readOnly();

        assertThat(Files.readString(a)).isEqualTo("abc");
        assertThat(Files.getFileStore(a).isReadOnly()).isTrue();
        assertThat(Files.isWritable(a)).isFalse();
        assertThatThrownBy(() -> Files.delete(a)).hasMessageContaining("Read-only");
        assertThatThrownBy(() -> Files.writeString(disk.root().resolve("b"), "b"))
                .hasMessageContaining("Read-only");
    }

    @Test
    void aVanishedDiskIsNotThereUntilItComesBack() throws IOException {
        Path a = Files.writeString(disk.root().resolve("a"), "abc");
        try (var channel = FileChannel.open(a, StandardOpenOption.READ)) {
            disk.vanish();
            assertThat(Files.exists(a)).isFalse();
            assertThatThrownBy(() -> Files.readString(a)).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .hasMessage("Input/output error");
            disk.comeBack();
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(1);
        }
    }

    @Test
    void forcesFailAsOftenAsAsked() throws IOException {
        try (var channel = open(disk.root().resolve("a"))) {
            disk.failForces(1);
            assertThatThrownBy(() -> channel.force(false)).hasMessage("Input/output error");
            channel.force(false);
        }
        assertThat(disk.log()).extracting(DiskOperation::done).containsExactly(true, false, true);
    }

    @Test
    void deathLeavesTheDiskAsItWas() throws IOException {
        var channel = open(disk.root().resolve("a"));
        channel.write(bytes("one"));
        disk.killAt(2);
        channel.force(false);

        assertThatThrownBy(() -> channel.write(bytes("two"))).isInstanceOf(Killed.class);
        assertThatThrownBy(() -> Files.delete(disk.root().resolve("a"))).isInstanceOf(Killed.class);
        channel.close();
        assertThat(folder.resolve("a")).hasContent("one");
    }

    @Test
    void deathInAGatheringWriteLeavesItsFirstBytes() throws IOException {
        var channel = open(disk.root().resolve("a"));
        disk.killAt(1, 4);

        assertThatThrownBy(() -> channel.write(new ByteBuffer[] {bytes("abc"), bytes("def")}))
                .isInstanceOf(Killed.class);
        channel.close();
        assertThat(folder.resolve("a")).hasContent("abcd");
    }

    @Test
    void aTornWriteFailsOnceAndKeepsItsFirstBytes() throws IOException {
        try (var channel = open(disk.root().resolve("a"))) {
            disk.tearWrite(2, 1);
            channel.write(bytes("one"));
            assertThatThrownBy(() -> channel.write(bytes("two"))).isInstanceOf(IOException.class);
            channel.write(bytes("three"));
        }
        assertThat(folder.resolve("a")).hasContent("onetthree");
    }

    @Test
    void chosenChangesFail() throws IOException {
        Path a = Files.writeString(disk.root().resolve("a"), "abc");
        disk.failChanges(operation -> operation.kind() == Kind.DELETE);

        assertThatThrownBy(() -> Files.delete(a)).hasMessageContaining("Input/output error");
        assertThat(folder.resolve("a")).exists();
    }

    @Test
    void aSlowDiskTakesAsLongAsTheClockSays() throws Exception {
        var clock = ManualClock.create();
        disk.delayChanges(Duration.ofSeconds(3), clock);
        var done = new AtomicBoolean();
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var channel = open(disk.root().resolve("a"))) {
                                channel.write(bytes("abc"));
                                done.set(true);
                            } catch (IOException _) {
                                done.set(false);
                            }
                        });
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(3));
        clock.awaitSleepers(1);
        assertThat(done).isFalse();
        clock.advance(Duration.ofSeconds(3));
        writer.join();
        assertThat(done).isTrue();
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
