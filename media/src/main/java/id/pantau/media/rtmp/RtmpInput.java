package id.pantau.media.rtmp;

import id.pantau.media.Beat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A peer's bytes, as many at a time as are asked for. Confined to the thread that reads.
final class RtmpInput {
    /// Enough for everything but media, and small, as connections may be many.
    private static final int SMALL_BYTES = 4 << 10;

    private static final int LARGE_BYTES = 64 << 10;

    private final ByteSource source;
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL_BYTES).limit(0);
    private long received;
    private boolean media;
    private final Beat beat = new Beat();
    private int lastRead;

    RtmpInput(ByteSource source) {
        this.source = source;
    }

    /// For a peer that sends media: fewer, larger reads, on the beat.
    void widen() {
        media = true;
        buffer = ByteBuffer.allocate(LARGE_BYTES).put(buffer).flip();
    }

    /// Bytes that came, taken or not.
    long received() {
        return received;
    }

    /// Blocks until so many bytes can be taken without waiting.
    ///
    /// @param count at most 4096
    /// @throws EOFException when the peer ends before
    void require(int count) throws IOException {
        if (buffer.remaining() >= count) {
            return;
        }
        buffer.compact().flip();
        while (buffer.remaining() < count) {
            int position = buffer.position();
            int limit = buffer.limit();
            buffer.position(limit).limit(buffer.capacity());
            int came = take(buffer);
            buffer.limit(buffer.position()).position(position);
            if (came < 0) {
                throw new EOFException();
            }
            received += came;
        }
    }

    int u8() throws IOException {
        require(1);
        return buffer.get() & 0xff;
    }

    int u24() throws IOException {
        require(3);
        return (buffer.get() & 0xff) << 16 | buffer.getShort() & 0xffff;
    }

    int i32() throws IOException {
        require(4);
        return buffer.getInt();
    }

    /// The next four bytes, which stay.
    int peekI32() throws IOException {
        require(4);
        return buffer.getInt(buffer.position());
    }

    /// Large reads go past the buffer.
    void read(byte[] into, int offset, int length) throws IOException {
        int at = Math.min(buffer.remaining(), length);
        buffer.get(into, offset, at);
        while (at < length) {
            if (length - at < buffer.capacity() / 2) {
                int rest = Math.min(length - at, SMALL_BYTES);
                require(rest);
                int now = Math.min(buffer.remaining(), length - at);
                buffer.get(into, offset + at, now);
                at += now;
                continue;
            }
            int count = take(ByteBuffer.wrap(into, offset + at, length - at));
            if (count < 0) {
                throw new EOFException();
            }
            received += count;
            at += count;
        }
    }

    private int take(ByteBuffer into) throws IOException {
        if (media) {
            try {
                beat.restAfter(lastRead, true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        lastRead = source.read(into);
        return lastRead;
    }
}
