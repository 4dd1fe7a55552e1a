package id.pantau.media.rtmp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A TCP connection. Blocking at first; a player's stops waiting, so that one thread can serve all
/// players of a stream without waking another one for each.
final class PlainWire implements RtmpWire {
    private final SocketChannel channel;
    private final Readiness readiness;
    private volatile Readiness.@Nullable Watch watch;

    PlainWire(SocketChannel channel, Readiness readiness) {
        this.channel = channel;
        this.readiness = readiness;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (true) {
            int count = channel.read(into);
            if (count != 0) {
                return count;
            }
            Readiness.Watch current = watch;
            if (current == null) {
                throw new EOFException(); // a blocking channel never reads nothing
            }
            current.awaitReadable();
        }
    }

    @Override
    public boolean write(ByteBuffer[] buffers) throws IOException {
        long left = 0;
        for (ByteBuffer buffer : buffers) {
            left += buffer.remaining();
        }
        while (left > 0) {
            long count = channel.write(buffers);
            left -= count;
            if (count == 0) {
                return false;
            }
            if (left > 0 && watch != null) {
                return false; // the socket's buffer is full: asking once more is a call in vain
            }
        }
        return true;
    }

    @Override
    public void whenWritable(Runnable then) {
        Readiness.Watch current = watch;
        if (current != null) {
            current.whenWritable(then);
        }
    }

    @Override
    public void stopWaiting() throws IOException {
        if (watch == null) {
            channel.configureBlocking(false);
            watch = readiness.watch(channel);
        }
    }

    @Override
    public boolean canWriteWithoutWaiting() {
        return true;
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // gone already
        }
        Readiness.Watch current = watch;
        if (current != null) {
            current.close();
        }
    }
}
