package id.pantau.testkit;

import id.pantau.media.hub.Sleeper;
import id.pantau.testkit.DiskOperation.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is wrong with a [FaultyFileSystem] at the moment, and what was done to it. Every change
/// passes through here before it reaches the disk. Thread-safe; delays are slept without the lock.
final class DiskFaults {
    static final String NO_SPACE = "No space left on device";
    static final String IO_ERROR = "Input/output error";
    static final String READ_ONLY = "Read-only file system";

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final List<DiskOperation> log = new ArrayList<>();
    private long changes;
    private long writtenBytes;
    private long capacityBytes = UNLIMITED;
    private long usedBytes;
    private long budgetBytes = UNLIMITED;
    private long killAtChange = UNLIMITED;
    private long tornBytes;
    private long tearAtWrite = UNLIMITED;
    private long writes;
    private boolean killed;
    private boolean readOnly;
    private boolean vanished;
    private @Nullable String writeError;
    private int forcesToFail;
    private Predicate<DiskOperation> refused = _ -> false;
    private Duration delay = Duration.ZERO;
    private Sleeper sleeper = Sleeper.SYSTEM;

    /// What a write may do.
    ///
    /// @param bytes how many of its bytes may reach the file
    /// @param failure thrown when those are written; null when the write is good
    record WriteVerdict(long bytes, @Nullable Failure failure) {}

    /// A failure to be thrown after part of a write was done.
    sealed interface Failure {
        record Death(String operation) implements Failure {}

        record Broken(String message) implements Failure {}
    }

    // -- controls, called by tests ------------------------------------------------------------

    synchronized void capacity(long totalBytes, long nowUsedBytes) {
        capacityBytes = totalBytes;
        usedBytes = nowUsedBytes;
    }

    synchronized void budget(long bytes) {
        budgetBytes = bytes;
    }

    synchronized void readOnly(boolean on) {
        readOnly = on;
    }

    synchronized void vanished(boolean on) {
        vanished = on;
    }

    synchronized void writeError(@Nullable String message) {
        writeError = message;
    }

    synchronized void failForces(int count) {
        forcesToFail = count;
    }

    synchronized void refuse(Predicate<DiskOperation> which) {
        refused = which;
    }

    synchronized void delay(Duration duration, Sleeper by) {
        delay = duration;
        sleeper = by;
    }

    synchronized void killAt(long changesFromNow, long torn) {
        killAtChange = changes + changesFromNow;
        tornBytes = torn;
    }

    synchronized void tear(long writesFromNow, long torn) {
        tearAtWrite = writes + writesFromNow;
        tornBytes = torn;
    }

    synchronized void heal() {
        capacityBytes = UNLIMITED;
        budgetBytes = UNLIMITED;
        killAtChange = UNLIMITED;
        tearAtWrite = UNLIMITED;
        readOnly = false;
        vanished = false;
        writeError = null;
        forcesToFail = 0;
        refused = _ -> false;
        delay = Duration.ZERO;
    }

    synchronized List<DiskOperation> log() {
        return List.copyOf(log);
    }

    synchronized void clearLog() {
        log.clear();
    }

    synchronized long changes() {
        return changes;
    }

    synchronized long writtenBytes() {
        return writtenBytes;
    }

    synchronized boolean isReadOnly() {
        return readOnly;
    }

    synchronized boolean isKilled() {
        return killed;
    }

    /// @return total size set by the test, or -1 for the real disk's
    synchronized long capacityBytes() {
        return capacityBytes == UNLIMITED ? -1 : capacityBytes;
    }

    /// @return how much may still be written
    synchronized long roomBytes() {
        return Math.max(0, Math.min(capacityBytes - usedBytes, budgetBytes));
    }

    synchronized boolean hasLimitedRoom() {
        return capacityBytes != UNLIMITED || budgetBytes != UNLIMITED;
    }

    /// Space that a deletion, truncation or replacement gave back.
    synchronized void freed(long bytes) {
        usedBytes = Math.max(0, usedBytes - bytes);
    }

    // -- questions, asked by every operation --------------------------------------------------

    /// Before anything that only looks.
    synchronized void checkLook(String path) throws IOException {
        checkAlive("look at " + path);
        if (vanished) {
            throw new NoSuchFileException(path);
        }
    }

    /// Before a read through a channel that is open already.
    synchronized void checkOpenChannel(String path) throws IOException {
        checkAlive("read of " + path);
        if (vanished) {
            throw new IOException(IO_ERROR);
        }
    }

    /// Before a change that happens whole or not at all. Logs it.
    void checkChange(Kind kind, String path, long bytes) throws IOException {
        pause();
        synchronized (this) {
            var operation = new DiskOperation(kind, path, bytes, true);
            try {
                countChange(operation);
                checkWhole(operation);
            } catch (IOException | Killed e) {
                log.add(new DiskOperation(kind, path, bytes, false));
                throw e;
            }
            log.add(operation);
        }
    }

    /// Before a write. Logs it, and takes its growth off the room that is left.
    ///
    /// @param growthBytes by how much the file would grow
    WriteVerdict checkWrite(String path, long bytes, long growthBytes) throws IOException {
        pause();
        synchronized (this) {
            var operation = new DiskOperation(Kind.WRITE, path, bytes, true);
            try {
                WriteVerdict verdict = judge(operation, growthBytes);
                log.add(
                        new DiskOperation(
                                Kind.WRITE, path, verdict.bytes(), verdict.failure() == null));
                writtenBytes += verdict.bytes();
                return verdict;
            } catch (IOException | Killed e) {
                log.add(new DiskOperation(Kind.WRITE, path, bytes, false));
                throw e;
            }
        }
    }

    private WriteVerdict judge(DiskOperation operation, long growthBytes) throws IOException {
        checkAlive(operation.toString());
        changes++;
        writes++;
        if (changes >= killAtChange) {
            killed = true;
            long torn = Math.min(tornBytes, operation.bytes());
            return new WriteVerdict(torn, new Failure.Death(operation.toString()));
        }
        checkWhole(operation);
        if (writeError != null) {
            throw new IOException(writeError);
        }
        if (writes >= tearAtWrite) {
            tearAtWrite = UNLIMITED;
            long torn = Math.min(tornBytes, operation.bytes());
            return new WriteVerdict(torn, new Failure.Broken(IO_ERROR));
        }
        return fit(operation.bytes(), growthBytes);
    }

    /// As `write(2)` does: what fits is written, and only a write that finds no room at all fails.
    private WriteVerdict fit(long bytes, long growthBytes) throws IOException {
        long room = roomBytes();
        long fits = growthBytes <= room ? bytes : bytes - (growthBytes - room);
        if (fits <= 0 && bytes > 0) {
            throw new IOException(NO_SPACE);
        }
        long grown = Math.min(growthBytes, room);
        if (capacityBytes != UNLIMITED) {
            usedBytes += grown;
        }
        if (budgetBytes != UNLIMITED) {
            budgetBytes -= grown;
        }
        return new WriteVerdict(fits, null);
    }

    private void countChange(DiskOperation operation) {
        checkAlive(operation.toString());
        changes++;
        if (changes >= killAtChange) {
            killed = true;
            throw new Killed(operation.toString());
        }
    }

    private void checkWhole(DiskOperation operation) throws IOException {
        if (vanished) {
            throw new NoSuchFileException(operation.path());
        }
        if (refused.test(operation)) {
            throw new FileSystemException(operation.path(), null, IO_ERROR);
        }
        boolean force =
                operation.kind() == Kind.FORCE_FILE || operation.kind() == Kind.FORCE_DIRECTORY;
        if (force && forcesToFail > 0) {
            forcesToFail--;
            throw new IOException(IO_ERROR);
        }
        if (readOnly && !force) {
            throw new FileSystemException(operation.path(), null, READ_ONLY);
        }
        boolean creates =
                operation.kind() == Kind.CREATE_FILE || operation.kind() == Kind.CREATE_DIRECTORY;
        if (creates && roomBytes() == 0) {
            throw new FileSystemException(operation.path(), null, NO_SPACE);
        }
    }

    private void checkAlive(String operation) {
        if (killed) {
            throw new Killed(operation);
        }
    }

    private void pause() throws IOException {
        Duration wait;
        Sleeper by;
        synchronized (this) {
            wait = delay;
            by = sleeper;
        }
        if (wait.isZero()) {
            return;
        }
        try {
            by.sleep(wait);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new java.nio.channels.ClosedByInterruptException();
        }
    }
}
