package id.pantau.vision.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The frames of [WorkerProtocol] that come on a connection, one by one. Both ends read with it.
/// Not thread-safe.
final class FrameReader {
    private static final int BUFFER_BYTES = 64 << 10;

    record RawFrame(int type, byte[] body) {}

    private final InputStream in;
    private final int maxBytes;

    FrameReader(SocketChannel channel) {
        this(Channels.newInputStream(channel));
    }

    FrameReader(InputStream in) {
        this(in, WorkerProtocol.MAX_FRAME_BYTES);
    }

    /// @param maxBytes a longer frame is malformed
    FrameReader(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.maxBytes = maxBytes;
    }

    /// Whether something has come already of what [#next] will give.
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /// @return null at the end, or when the other side has died
    @Nullable RawFrame next() throws IOException {
        try {
            byte[] header = in.readNBytes(WorkerProtocol.FRAME_HEADER_BYTES);
            if (header.length < WorkerProtocol.FRAME_HEADER_BYTES) {
                return null;
            }
            int length = ByteBuffer.wrap(header).getInt(1);
            if (length < 0 || length > maxBytes) {
                throw new IOException("a frame of %d bytes is announced".formatted(length));
            }
            byte[] body = in.readNBytes(length);
            return body.length < length ? null : new RawFrame(header[0], body);
        } catch (SocketException | SSLException _) {
            return null; // reset or cut: the other side was killed
        }
    }
}
