package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The units that come on a connection, one by one. Both ends read with it. Not thread-safe.
final class UnitFrames {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private @Nullable StreamEnd end;

    UnitFrames(SocketChannel channel) {
        this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
    }

    /// What the other side said at last; null when it has not, or never will.
    @Nullable StreamEnd end() {
        return end;
    }

    /// @return null at the end, or when the other side has died
    @Nullable CodedUnit next() throws IOException {
        byte[] header;
        try {
            header = in.readNBytes(WorkerProtocol.FRAME_HEADER_BYTES);
            if (end != null || header.length < WorkerProtocol.FRAME_HEADER_BYTES) {
                return null;
            }
            int length = ByteBuffer.wrap(header).getInt(1);
            if (length < 0 || length > WorkerProtocol.MAX_FRAME_BYTES) {
                throw new IOException("a frame of %d bytes is announced".formatted(length));
            }
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                return null;
            }
            return switch (header[0]) {
                case TranscodeProtocol.UNIT -> TranscodeProtocol.unit(body);
                case WorkerProtocol.END -> {
                    end = WorkerProtocol.readEnd(body);
                    yield null;
                }
                default -> throw new IOException("a frame of type " + header[0]);
            };
        } catch (SocketException _) {
            return null; // reset: the other side was killed
        }
    }
}
