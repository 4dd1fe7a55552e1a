package id.pantau.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A WebSocket viewer (RFC 6455) that reads everything and keeps nothing but the time: as light as
/// a client can be, so that the server is what is measured. One virtual thread each.
final class Viewer implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Socket socket;
    private final int stream;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable Arrivals arrivals;

    private Viewer(Socket socket, int stream, InputStream input) {
        this.socket = socket;
        this.stream = stream;
        this.thread = Thread.ofVirtual().start(() -> drain(input));
    }

    /// @param stream which of the benchmark's streams it watches
    static Viewer open(URI uri, int stream, String token) throws IOException {
        var socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream()
                .write(
                        """
                        GET %s HTTP/1.1\r
                        Host: %s:%d\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                        Authorization: Bearer %s\r
                        \r
                        """
                                .formatted(uri.getPath(), uri.getHost(), uri.getPort(), token)
                                .getBytes(StandardCharsets.US_ASCII));
        InputStream input = socket.getInputStream();
        String status = new String(input.readNBytes(12), StandardCharsets.US_ASCII);
        if (!status.endsWith("101")) {
            socket.close();
            throw new IOException("no WebSocket at %s: %s".formatted(uri.getPath(), status));
        }
        skipHead(input);
        return new Viewer(socket, stream, input);
    }

    /// To the empty line.
    private static void skipHead(InputStream input) throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int octet = input.read();
            if (octet < 0) {
                throw new EOFException();
            }
            last = last << 8 | octet;
        }
    }

    long bytes() {
        return bytes.get();
    }

    boolean alive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }

    /// From now on its messages are told to `next`.
    void tell(Arrivals next) {
        arrivals = next;
    }

    private void drain(InputStream socketInput) {
        var input = new DataInputStream(new BufferedInputStream(socketInput, BUFFER_BYTES));
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (true) {
                message(input, buffer);
            }
        } catch (IOException _) {
            // the end of this viewer; counted by alive()
        }
    }

    /// One unmasked frame (RFC 6455 §5.2), which here is a whole message.
    private void message(DataInputStream input, byte[] buffer) throws IOException {
        input.readByte();
        long size = input.readUnsignedByte();
        if (size == 126) {
            size = input.readUnsignedShort();
        } else if (size == 127) {
            size = input.readLong();
        }
        int head = (int) Math.min(size, Arrivals.STAMP_BYTES);
        input.readFully(buffer, 0, head);
        ByteBuffer stamp = ByteBuffer.allocate(Arrivals.STAMP_BYTES).put(buffer, 0, head);
        for (long left = size - head; left > 0; ) {
            int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
        bytes.addAndGet(size);
        Arrivals told = arrivals;
        if (told != null && head == Arrivals.STAMP_BYTES) {
            told.arrived(stream, stamp);
        }
    }
}
