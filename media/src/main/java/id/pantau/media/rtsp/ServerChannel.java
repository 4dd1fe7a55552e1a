package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.tls.ServerTls;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The bytes to and from one client of an [RtspServer], plain or inside TLS. One thread reads,
/// another one writes; any thread may close.
sealed interface ServerChannel extends Closeable {
    /// Says why, where that can be said without waiting, and closes.
    default void refuse(Response why) throws IOException {
        close(); // TLS would have to shake hands first
    }

    /// Called by the reading thread before its first read; the writing one waits for it.
    void handshake() throws IOException;

    /// Reads once, whatever is there.
    ///
    /// @return how many bytes came, -1 at the end
    int fill(RtspInput input) throws IOException;

    /// Sends all of it; positions move to limits.
    void write(List<ByteBuffer> buffers) throws IOException;

    SocketChannel socket();

    /// Whether what travels beside it, by UDP, would leave a tunnel.
    boolean isTunnel();

    default boolean isOpen() {
        return socket().isOpen();
    }

    default InetSocketAddress peer() throws IOException {
        return (InetSocketAddress) socket().getRemoteAddress();
    }

    default InetAddress local() throws IOException {
        return ((InetSocketAddress) socket().getLocalAddress()).getAddress();
    }

    @Override
    default void close() throws IOException {
        socket().close(); // TLS would wait for the client to say goodbye
    }

    /// TCP as it is.
    record Plain(SocketChannel socket) implements ServerChannel {
        /// More buffers than the system takes in one call.
        private static final int GATHERED = 512;

        @Override
        public void refuse(Response why) throws IOException {
            int unused = socket.write(why.write()); // fits into the empty buffer
            socket.close();
        }

        @Override
        public void handshake() {}

        @Override
        public int fill(RtspInput input) throws IOException {
            return input.fill(socket);
        }

        @Override
        public void write(List<ByteBuffer> buffers) throws IOException {
            if (buffers.size() == 1) {
                ByteBuffer only = buffers.getFirst();
                while (only.hasRemaining()) {
                    int unused = socket.write(only);
                }
                return;
            }
            ByteBuffer[] all = buffers.toArray(ByteBuffer[]::new);
            int first = 0;
            while (first < all.length) {
                if (all[first].hasRemaining()) {
                    int count = Math.min(all.length - first, GATHERED);
                    long unused = socket.write(all, first, count);
                } else {
                    first++;
                }
            }
        }

        @Override
        public boolean isTunnel() {
            return false;
        }
    }

    /// RTSPS: the same conversation, and all media, inside TLS.
    record Tls(SocketChannel socket, SSLSocket tls, InputStream in, OutputStream out, byte[] copied)
            implements ServerChannel {
        /// One TLS record (RFC 8446 §5.1).
        private static final int RECORD_BYTES = 16 << 10;

        /// Before its handshake.
        static Tls over(SocketChannel socket, SSLContext context) throws IOException {
            SSLSocket tls = ServerTls.over(socket.socket(), context);
            return new Tls(
                    socket,
                    tls,
                    tls.getInputStream(),
                    tls.getOutputStream(),
                    new byte[RECORD_BYTES]);
        }

        @Override
        public void handshake() throws IOException {
            tls.startHandshake();
        }

        @Override
        public int fill(RtspInput input) throws IOException {
            return input.fill(in);
        }

        @Override
        public void write(List<ByteBuffer> buffers) throws IOException {
            int filled = 0;
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    int count = Math.min(buffer.remaining(), RECORD_BYTES - filled);
                    buffer.get(copied, filled, count);
                    filled += count;
                    if (filled == RECORD_BYTES) {
                        out.write(copied, 0, filled);
                        filled = 0;
                    }
                }
            }
            out.write(copied, 0, filled);
        }

        @Override
        public boolean isTunnel() {
            return true;
        }
    }
}
