package id.pantau.server.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that only takes space. On a truly full disk even deleting needs some: the database, often
/// on the same disk, must write that a segment is going before its file may go. Then the ballast is
/// dropped first, and taken in again when there is room.
final class Ballast {
    private static final Logger log = LoggerFactory.getLogger(Ballast.class);
    static final String FILE = ".pantau-ballast";
    private static final long LARGEST_BYTES = 32L << 20;
    private static final int BLOCK = 64 << 10;

    private final Path root;
    private final Path file;

    Ballast(Path root) {
        this.root = root;
        this.file = root.resolve(FILE);
    }

    /// Takes it in when there is plenty of room. Called by the volume's watch.
    void keep(Volume.Space space, Watermarks watermarks) throws IOException {
        long size = Math.min(LARGEST_BYTES, space.totalBytes() / 100);
        if (space.freeBytes() - size < watermarks.highBytes() || Files.exists(file)) {
            return;
        }
        // noise, because file systems that compress give nothing back for zeros
        var random = new Random(1);
        byte[] block = new byte[BLOCK];
        try (var channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (long written = 0; written < size; written += BLOCK) {
                random.nextBytes(block);
                var buffer = ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK, size - written));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// @return whether there was any
    boolean drop() {
        try {
            boolean dropped = Files.deleteIfExists(file);
            if (dropped) {
                Directories.force(root);
                log.warn("dropped the ballast of {} to make room for the database", root);
            }
            return dropped;
        } catch (IOException e) {
            log.warn("cannot drop the ballast of {}: {}", root, e.getMessage());
            return false;
        }
    }
}
