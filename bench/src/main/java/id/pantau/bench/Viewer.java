package id.pantau.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// A WebSocket viewer (RFC 6455) that reads everything and keeps nothing: as light as a client can
/// be, so that the server is what is measured. One virtual thread each.
final class Viewer implements AutoCloseable {
    private final Socket socket;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;

    private Viewer(Socket socket, InputStream input) {
        this.socket = socket;
        this.thread = Thread.ofVirtual().start(() -> drain(input));
    }

    static Viewer open(URI uri, String token) throws IOException {
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
        return new Viewer(socket, input);
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

    private void drain(InputStream input) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int read = input.read(buffer); read > 0; read = input.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException _) {
            // the end of this viewer; counted by alive()
        }
    }
}
