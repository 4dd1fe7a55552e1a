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

/// The bodies of all `MEDIA` frames of a connection, one behind the other. Ends with the job or the
/// connection. Not thread-safe.
final class MediaFrames extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SocketChannel channel;
    private final InputStream in;
    private int left; // of the present frame
    private @Nullable StreamEnd end;
    private boolean over;

    MediaFrames(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
    }

    /// What the worker said at last; null when it has not, or never will.
    @Nullable StreamEnd end() {
        return end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (left == 0 && !over) {
                over = !beginFrame();
            }
            int count = over ? -1 : in.read(bytes, offset, Math.min(length, left));
            over = count < 0;
            left -= Math.max(0, count);
            return count;
        } catch (SocketException _) {
            over = true; // reset: the worker was killed
            return -1;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is of no use any more either way
        }
    }

    /// @return false at the end
    private boolean beginFrame() throws IOException {
        byte[] header = in.readNBytes(WorkerProtocol.FRAME_HEADER_BYTES);
        if (header.length < WorkerProtocol.FRAME_HEADER_BYTES) {
            return false;
        }
        int type = header[0];
        int length = ByteBuffer.wrap(header).getInt(1);
        if (length < 0 || length > WorkerProtocol.MAX_FRAME_BYTES) {
            throw new IOException("the worker announces a frame of %d bytes".formatted(length));
        }
        switch (type) {
            case WorkerProtocol.MEDIA -> left = length;
            case WorkerProtocol.END -> {
                end = WorkerProtocol.readEnd(in.readNBytes(length));
                return false;
            }
            default -> throw new IOException("the worker sends a frame of type " + type);
        }
        return true;
    }
}
