package id.pantau.server.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Held by the one process that may work in a home: a running server, or a repair. The operating
/// system lets go of it when the process ends in whatever way, so it is never left behind.
public final class HomeLock implements AutoCloseable {
    private static final String FILE = "server.lock";

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @return empty when another process, or another server in this one, holds it
    /// @throws IOException if the home cannot be written
    public static Optional<HomeLock> tryAcquire(Home home) throws IOException {
        Path file = home.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new HomeLock(channel));
            }
        } catch (OverlappingFileLockException _) {
            // held by this very process
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close(); // releases the lock
    }
}
