package id.pantau.testkit;

import id.pantau.media.hub.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A directory of the real disk that can be made to fail on purpose. Give [#root()] to the code
/// under test; look at the outcome through the real path, which knows of no faults.
///
/// A *change* is everything that [#log()] lists: creating, writing, truncating, forcing, moving,
/// deleting; each is one step for [#killAt]. Reading is none. Thread-safe.
public final class FaultyFileSystem extends FileSystem {
    private final FileSystem real = FileSystems.getDefault();
    private final DiskFaults faults = new DiskFaults();
    private final FaultyProvider provider = new FaultyProvider(this);
    private final Path realRoot;

    private FaultyFileSystem(Path realRoot) {
        this.realRoot = realRoot.toAbsolutePath().normalize();
    }

    /// @param root an existing directory of the default file system
    public static FaultyFileSystem over(Path root) {
        return new FaultyFileSystem(root);
    }

    /// The directory as the code under test is to see it.
    public Path root() {
        return wrap(realRoot);
    }

    /// The same directory, without faults.
    public Path realRoot() {
        return realRoot;
    }

    /// The same place without faults, for looking at outcomes.
    public Path real(Path path) {
        return unwrap(path);
    }

    /// Gives the disk a size. What lies under the root already counts as used, deletions free, and
    /// the file store reports the figures. A write that does not fit is cut short, and the next one
    /// fails with "No space left on device", as Linux does it.
    public void capacity(long totalBytes) {
        faults.capacity(totalBytes, sizeOfAll());
    }

    /// No room after so many more bytes, whatever is deleted.
    public void noSpaceAfter(long bytes) {
        faults.budget(bytes);
    }

    /// Every change fails; reading goes on.
    public void readOnly() {
        faults.readOnly(true);
    }

    /// Every operation fails: files and directories are not there, open channels answer with an
    /// input/output error.
    public void vanish() {
        faults.vanished(true);
    }

    /// Undoes [#vanish].
    public void comeBack() {
        faults.vanished(false);
    }

    /// Every write fails with this message until [#heal].
    public void failWrites(String message) {
        faults.writeError(message);
    }

    /// The next `count` forces (fsync) of files or directories fail.
    public void failForces(int count) {
        faults.failForces(count);
    }

    /// Changes that match fail with an input/output error.
    public void failChanges(Predicate<DiskOperation> which) {
        faults.refuse(which);
    }

    /// Every change takes this long, by `sleeper`; with a [ManualClock] until the test advances it.
    public void delayChanges(Duration duration, Sleeper sleeper) {
        faults.delay(duration, sleeper);
    }

    /// The process dies at a change to come: that one and every operation after it throw [Killed]
    /// and leave the disk as it is. Nothing heals this; open the directory with a new file system.
    ///
    /// @param changesFromNow 1 is the next change
    public void killAt(long changesFromNow) {
        faults.killAt(changesFromNow, 0);
    }

    /// Like [#killAt(long)]; where the fatal change is a write, its first bytes reach the file.
    public void killAt(long changesFromNow, long tornBytes) {
        faults.killAt(changesFromNow, tornBytes);
    }

    /// Of one write to come only the first bytes reach the file; it then fails with an input/output
    /// error. Later writes are good again.
    ///
    /// @param writesFromNow 1 is the next write
    public void tearWrite(long writesFromNow, long keptBytes) {
        faults.tear(writesFromNow, keptBytes);
    }

    /// Takes every fault away but death.
    public void heal() {
        faults.heal();
    }

    /// Every change asked for so far, oldest first, failed ones included.
    public List<DiskOperation> log() {
        return faults.log();
    }

    public void clearLog() {
        faults.clearLog();
    }

    /// How many changes were asked for, for choosing where to [#killAt].
    public long changes() {
        return faults.changes();
    }

    public long writtenBytes() {
        return faults.writtenBytes();
    }

    public boolean isKilled() {
        return faults.isKilled();
    }

    DiskFaults faults() {
        return faults;
    }

    Path wrap(Path path) {
        return path instanceof FaultyPath ? path : new FaultyPath(this, path);
    }

    static Path unwrap(Path path) {
        return path instanceof FaultyPath faulty ? faulty.real() : path;
    }

    /// How the log calls a path.
    String nameOf(Path path) {
        Path absolute = unwrap(path).toAbsolutePath().normalize();
        Path shown = absolute.startsWith(realRoot) ? realRoot.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    private long sizeOfAll() {
        try (Stream<Path> files = Files.walk(realRoot)) {
            return files.filter(Files::isRegularFile).mapToLong(FaultyFileSystem::sizeOf).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long sizeOf(Path realPath) {
        try {
            return Files.isRegularFile(realPath) ? Files.size(realPath) : 0;
        } catch (IOException _) {
            return 0; // gone in the meantime
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("lives as long as its test");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return faults.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException("ask Files.getFileStore of a path");
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("a faulty disk is not watched");
    }
}
