package id.pantau.vision.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/// The connection of one job, whatever carries it. One thread writes, another one may read
/// meanwhile; any may close. Interrupting a virtual thread that is inside closes it.
sealed interface Link extends AutoCloseable {
    /// Always the same one.
    InputStream input();

    /// Blocks while the other side takes nothing.
    ///
    /// @param frames each header before its body; all are left without anything remaining
    void write(ByteBuffer... frames) throws IOException;

    /// Nothing will be written any more; the other side reads the end, and may go on writing.
    void endOutput();

    /// At once, also while another thread is inside.
    @Override
    void close();

    /// A Unix domain socket: the worker is a child process.
    final class Local implements Link {
        private final SocketChannel channel;
        private final InputStream input;

        Local(SocketChannel channel) {
            this.channel = channel;
            this.input = Channels.newInputStream(channel);
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public void write(ByteBuffer... frames) throws IOException {
            WorkerProtocol.writeAll(channel, frames);
        }

        @Override
        public void endOutput() {
            try {
                channel.shutdownOutput();
            } catch (IOException _) {
                // it is over already
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
    }

    /// TLS 1.3 over TCP: the worker is on another machine.
    final class Secure implements Link {
        private final Socket raw;
        private final SSLSocket tls;
        private final InputStream input;
        private final OutputStream output;

        /// @param tls over `raw`, after its handshake
        Secure(Socket raw, SSLSocket tls) throws IOException {
            this.raw = raw;
            this.tls = tls;
            this.input = tls.getInputStream();
            this.output = tls.getOutputStream();
        }

        @Override
        public InputStream input() {
            return input;
        }

        /// From now on reading may wait for ever.
        void neverTooSilent() throws IOException {
            raw.setSoTimeout(0);
        }

        /// In one piece: a header alone would be a TLS record of its own.
        @Override
        public void write(ByteBuffer... frames) throws IOException {
            int length = Stream.of(frames).mapToInt(ByteBuffer::remaining).sum();
            ByteBuffer whole = ByteBuffer.allocate(length);
            Stream.of(frames).forEach(whole::put);
            output.write(whole.array());
        }

        @Override
        public void endOutput() {
            try {
                tls.shutdownOutput(); // half of it: RFC 8446 §6.1
            } catch (IOException _) {
                // it is over already
            }
        }

        /// The TCP connection alone: closing TLS would wait for a thread that writes.
        @Override
        public void close() {
            try {
                raw.close();
            } catch (IOException _) {
                // it is of no use any more either way
            }
        }
    }
}
