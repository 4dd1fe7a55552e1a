package id.pantau.server.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// The first bytes of a file that is still growing.
final class BoundedChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final long size;

    BoundedChannel(SeekableByteChannel file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        long left = size - file.position();
        if (left <= 0) {
            return -1;
        }
        if (into.remaining() <= left) {
            return file.read(into);
        }
        int limit = into.limit();
        into.limit(into.position() + (int) left);
        try {
            return file.read(into);
        } finally {
            into.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
