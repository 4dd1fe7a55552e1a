package id.pantau.testkit;

import id.pantau.testkit.DiskOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A real file channel whose every operation asks [DiskFaults] first. Closing always works: it is
/// what the kernel does for a process that died.
final class FaultyFileChannel extends FileChannel {
    private final FileChannel real;
    private final String name;
    private final boolean directory;
    private final boolean append;
    private final DiskFaults faults;

    FaultyFileChannel(
            FileChannel real, String name, boolean directory, boolean append, DiskFaults faults) {
        this.real = real;
        this.name = name;
        this.directory = directory;
        this.append = append;
        this.faults = faults;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long position = append ? real.size() : real.position();
        int count = source.remaining();
        var verdict = faults.checkWrite(name, count, growth(position, count));
        int written = writeAll(source, verdict.bytes(), null);
        throwIfFailed(verdict);
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int count = source.remaining();
        var verdict = faults.checkWrite(name, count, growth(position, count));
        int written = writeAll(source, verdict.bytes(), position);
        throwIfFailed(verdict);
        return written;
    }

    /// One gathering write is one change, as `writev(2)` is one system call.
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long count = 0;
        for (ByteBuffer source : Arrays.asList(sources).subList(offset, offset + length)) {
            count += source.remaining();
        }
        long position = append ? real.size() : real.position();
        var verdict = faults.checkWrite(name, count, growth(position, count));
        long left = verdict.bytes();
        for (int i = offset; i < offset + length && left > 0; i++) {
            left -= writeAll(sources[i], Math.min(left, sources[i].remaining()), null);
        }
        throwIfFailed(verdict);
        return verdict.bytes();
    }

    private long growth(long position, long count) throws IOException {
        return Math.max(0, position + count - Math.max(real.size(), position));
    }

    private int writeAll(ByteBuffer source, long count, @Nullable Long position)
            throws IOException {
        ByteBuffer part = source.slice(source.position(), (int) count);
        while (part.hasRemaining()) {
            int unused =
                    position == null
                            ? real.write(part)
                            : real.write(part, position + part.position());
        }
        source.position(source.position() + (int) count);
        return (int) count;
    }

    private static void throwIfFailed(DiskFaults.WriteVerdict verdict) throws IOException {
        switch (verdict.failure()) {
            case null -> {}
            case DiskFaults.Failure.Death(String operation) -> throw new Killed(operation);
            case DiskFaults.Failure.Broken(String message) -> throw new IOException(message);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        faults.checkOpenChannel(name);
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        faults.checkOpenChannel(name);
        return real.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        faults.checkOpenChannel(name);
        return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        FileChannel unused = real.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        faults.checkOpenChannel(name);
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        faults.checkChange(Kind.TRUNCATE, name, size);
        long before = real.size();
        FileChannel unused = real.truncate(size);
        faults.freed(Math.max(0, before - size));
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        faults.checkChange(directory ? Kind.FORCE_DIRECTORY : Kind.FORCE_FILE, name, 0);
        real.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
            throws IOException {
        faults.checkOpenChannel(name);
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
            throws IOException {
        long done = 0;
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (source.read(buffer) <= 0) {
                break;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                done += write(buffer, position + done);
            }
        }
        return done;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        if (!mode.equals(MapMode.READ_ONLY)) {
            throw new UnsupportedOperationException("writes through a mapping cannot be seen");
        }
        faults.checkOpenChannel(name);
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        faults.checkOpenChannel(name);
        return real.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        faults.checkOpenChannel(name);
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
