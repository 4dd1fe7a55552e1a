package id.pantau.testkit;

import id.pantau.testkit.DiskOperation.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations of a [FaultyFileSystem]: faults first, then the default file system.
final class FaultyProvider extends FileSystemProvider {
    private final FaultyFileSystem disk;
    private final DiskFaults faults;

    FaultyProvider(FaultyFileSystem disk) {
        this.disk = disk;
        this.faults = disk.faults();
    }

    @Override
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path real = FaultyFileSystem.unwrap(path);
        String name = disk.nameOf(real);
        faults.checkLook(name);
        boolean append = options.contains(StandardOpenOption.APPEND);
        if (append || options.contains(StandardOpenOption.WRITE)) {
            checkOpenForWriting(real, name, options);
        }
        FileChannel channel = FileChannel.open(real, options, attributes);
        return new FaultyFileChannel(channel, name, Files.isDirectory(real), append, faults);
    }

    private void checkOpenForWriting(Path real, String name, Set<? extends OpenOption> options)
            throws IOException {
        boolean creates =
                options.contains(StandardOpenOption.CREATE)
                        || options.contains(StandardOpenOption.CREATE_NEW);
        if (creates && Files.notExists(real)) {
            if (Files.notExists(real.toAbsolutePath().getParent())) {
                throw new NoSuchFileException(real.toString());
            }
            faults.checkChange(Kind.CREATE_FILE, name, 0);
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            faults.checkChange(Kind.TRUNCATE, name, 0);
            faults.freed(FaultyFileSystem.sizeOf(real));
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
        faults.checkLook(disk.nameOf(directory));
        DirectoryStream<Path> real =
                Files.newDirectoryStream(
                        FaultyFileSystem.unwrap(directory), path -> filter.accept(disk.wrap(path)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> paths = real.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return paths.hasNext();
                    }

                    @Override
                    public Path next() {
                        return disk.wrap(paths.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path real = FaultyFileSystem.unwrap(directory);
        faults.checkLook(disk.nameOf(real));
        if (Files.notExists(real)) {
            faults.checkChange(Kind.CREATE_DIRECTORY, disk.nameOf(real), 0);
        }
        Files.createDirectory(real, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        Path real = FaultyFileSystem.unwrap(path);
        faults.checkLook(disk.nameOf(real));
        if (Files.notExists(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(real.toString());
        }
        faults.checkChange(Kind.DELETE, disk.nameOf(real), 0);
        long size = FaultyFileSystem.sizeOf(real);
        Files.delete(real);
        faults.freed(size);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        faults.checkLook(disk.nameOf(source));
        if (Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
            deleteIfExists(target);
        }
        try (var in = newInputStream(source);
                var out = newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path from = FaultyFileSystem.unwrap(source);
        Path to = FaultyFileSystem.unwrap(target);
        faults.checkLook(disk.nameOf(from));
        faults.checkChange(Kind.MOVE, disk.nameOf(from) + " -> " + disk.nameOf(to), 0);
        long replaced = FaultyFileSystem.sizeOf(to);
        Files.move(from, to, options);
        faults.freed(replaced);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        faults.checkLook(disk.nameOf(path));
        return Files.isSameFile(FaultyFileSystem.unwrap(path), FaultyFileSystem.unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        faults.checkLook(disk.nameOf(path));
        return Files.isHidden(FaultyFileSystem.unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        faults.checkLook(disk.nameOf(path));
        return new FaultyFileStore(Files.getFileStore(FaultyFileSystem.unwrap(path)), faults);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = FaultyFileSystem.unwrap(path);
        faults.checkLook(disk.nameOf(real));
        if (Arrays.asList(modes).contains(AccessMode.WRITE) && faults.isReadOnly()) {
            throw new java.nio.file.AccessDeniedException(
                    real.toString(), null, DiskFaults.READ_ONLY);
        }
        real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(FaultyFileSystem.unwrap(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        faults.checkLook(disk.nameOf(path));
        return Files.readAttributes(FaultyFileSystem.unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        faults.checkLook(disk.nameOf(path));
        return Files.readAttributes(FaultyFileSystem.unwrap(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
            throws IOException {
        faults.checkLook(disk.nameOf(path));
        Path unused = Files.setAttribute(FaultyFileSystem.unwrap(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("use FaultyFileSystem.over");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("use FaultyFileSystem.over");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("use FaultyFileSystem.root");
    }
}
