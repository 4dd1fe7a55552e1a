package id.pantau.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Somebody else on the same disk, who takes every byte that becomes free, until [#close()].
final class Filler implements AutoCloseable {
    private static final long PAUSE_MS = 50;

    private final Path file;
    private final Thread thread = new Thread(this::fill, "filler");
    private volatile boolean closing;

    Filler(Path file) {
        this.file = file;
    }

    void start() {
        thread.start();
    }

    private void fill() {
        ByteBuffer block = ByteBuffer.allocate(4096);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (!closing) {
                try {
                    block.clear();
                    channel.write(block);
                } catch (IOException _) {
                    Thread.sleep(PAUSE_MS); // full; what becomes free is taken, too
                }
            }
        } catch (IOException e) {
            System.out.println("the filler failed: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closing = true;
        thread.join();
        Files.deleteIfExists(file);
    }
}
