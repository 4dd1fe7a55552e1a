package id.pantau.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One file of lines that is begun anew when it is full; older ones are named `.1` (the newest) and
/// so on, and the oldest goes. Confined to one thread.
final class JournalFile implements AutoCloseable {
    private final Path file;
    private final long mostBytes;
    private final int kept;
    private @Nullable FileChannel channel;

    /// @param kept so many full ones
    JournalFile(Path file, long mostBytes, int kept) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.kept = kept;
    }

    void append(String line) throws IOException {
        FileChannel out = channel;
        if (out == null || !Files.exists(file)) {
            close(); // somebody has moved it away
            Files.createDirectories(file.toAbsolutePath().getParent());
            out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channel = out;
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        if (out.size() >= mostBytes) {
            rotate();
        }
    }

    private void rotate() throws IOException {
        close();
        Files.deleteIfExists(older(kept));
        for (int i = kept - 1; i >= 1; i--) {
            if (Files.exists(older(i))) {
                Files.move(older(i), older(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
