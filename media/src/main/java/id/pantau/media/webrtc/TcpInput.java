package id.pantau.media.webrtc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Reads a socket that must come to something by a deadline, however slowly its bytes come, and
/// after that only must not fall silent. Not thread-safe.
final class TcpInput extends FilterInputStream {
    private final Socket socket;
    private final long deadlineNanos;
    private boolean settled;

    TcpInput(Socket socket, Duration within) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.deadlineNanos = System.nanoTime() + within.toNanos();
    }

    /// From now on only silence ends it.
    void settle(Duration silence) throws IOException {
        settled = true;
        socket.setSoTimeout((int) silence.toMillis());
    }

    @Override
    public int read() throws IOException {
        hurry();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        hurry();
        return super.read(bytes, offset, length);
    }

    private void hurry() throws IOException {
        if (settled) {
            return;
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (leftMillis <= 0) {
            throw new SocketTimeoutException("it came to nothing in time");
        }
        socket.setSoTimeout((int) leftMillis);
    }
}
