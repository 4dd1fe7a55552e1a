package id.pantau.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A path of the default file system that belongs to a [FaultyFileSystem].
final class FaultyPath implements Path {
    private final FaultyFileSystem disk;
    private final Path real;

    FaultyPath(FaultyFileSystem disk, Path real) {
        this.disk = disk;
        this.real = real;
    }

    Path real() {
        return real;
    }

    @Override
    public FileSystem getFileSystem() {
        return disk;
    }

    @Override
    public boolean isAbsolute() {
        return real.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapOrNull(real.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapOrNull(real.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapOrNull(real.getParent());
    }

    @Override
    public int getNameCount() {
        return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return disk.wrap(real.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return disk.wrap(real.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return real.startsWith(FaultyFileSystem.unwrap(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return real.endsWith(FaultyFileSystem.unwrap(other));
    }

    @Override
    public Path normalize() {
        return disk.wrap(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return disk.wrap(real.resolve(FaultyFileSystem.unwrap(other)));
    }

    @Override
    public Path relativize(Path other) {
        return disk.wrap(real.relativize(FaultyFileSystem.unwrap(other)));
    }

    @Override
    public URI toUri() {
        return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return disk.wrap(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        disk.faults().checkLook(disk.nameOf(real));
        return disk.wrap(real.toRealPath(options));
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("a faulty disk is not watched");
    }

    @Override
    public int compareTo(Path other) {
        if (!(other instanceof FaultyPath that)) {
            throw new ProviderMismatchException(other.toString());
        }
        return real.compareTo(that.real);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FaultyPath that && disk == that.disk && real.equals(that.real);
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(disk), real);
    }

    @Override
    public String toString() {
        return real.toString();
    }

    private @Nullable Path wrapOrNull(@Nullable Path path) {
        return path == null ? null : disk.wrap(path);
    }
}
