package id.pantau.media.rtmp;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/// A TCP connection with TLS over it; the handshake happens with the first read or write. Always
/// waits: whoever must not wait has another thread write.
final class TlsWire implements RtmpWire {
    private static final int RECORD_BYTES = 16 << 10;

    private final Socket raw;
    private final SSLSocket tls;
    private final byte[] outgoing = new byte[RECORD_BYTES];

    TlsWire(Socket raw, SSLSocket tls) {
        this.raw = raw;
        this.tls = tls;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count =
                tls.getInputStream()
                        .read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (count > 0) {
            into.position(into.position() + count);
        }
        return count;
    }

    @Override
    public boolean write(ByteBuffer[] buffers) throws IOException {
        int filled = 0;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                int now = Math.min(buffer.remaining(), outgoing.length - filled);
                buffer.get(outgoing, filled, now);
                filled += now;
                if (filled == outgoing.length) {
                    tls.getOutputStream().write(outgoing, 0, filled);
                    filled = 0;
                }
            }
        }
        tls.getOutputStream().write(outgoing, 0, filled);
        return true;
    }

    @Override
    public void whenWritable(Runnable then) {
        then.run();
    }

    @Override
    public void stopWaiting() {
        // it cannot
    }

    @Override
    public boolean canWriteWithoutWaiting() {
        return false;
    }

    @Override
    public void endOutput() throws IOException {
        tls.shutdownOutput();
    }

    /// The TLS socket would wait for whoever writes to a peer that does not read.
    @Override
    public void close() {
        try {
            raw.close();
        } catch (IOException _) {
            // gone already
        }
    }
}
