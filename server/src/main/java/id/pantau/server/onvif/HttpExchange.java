package id.pantau.server.onvif;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One POST to a device and its answer (RFC 9112), on a connection of its own: devices close idle
/// connections without a word. Connects to the address that was allowed, not to what the name means
/// a moment later; follows no redirect; the whole exchange has one deadline.
final class HttpExchange {
    private final Socket socket;
    private final long deadlineNanos;

    private HttpExchange(Socket socket, long deadlineNanos) {
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
    }

    /// @param to where to connect; the host in `target` is only shown to the device
    /// @param authorization value of the header; null for none
    /// @throws SocketTimeoutException when the exchange is not over within `timeout`
    static HttpAnswer post(
            InetAddress to,
            DeviceAddress target,
            String contentType,
            @Nullable String authorization,
            byte[] body,
            Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(to, target.port()), millisUntil(deadline));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(millisUntil(deadline)); // for the TLS handshake
            try (Socket socket = target.tls() ? DeviceTls.over(plain, target) : plain) {
                var exchange = new HttpExchange(socket, deadline);
                exchange.write(target, contentType, authorization, body);
                return exchange.read();
            }
        }
    }

    private void write(
            DeviceAddress target, String contentType, @Nullable String authorization, byte[] body)
            throws IOException {
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: %s\r\n"
                                .formatted(target.path(), target.authority(), contentType)
                        + "Content-Length: %d\r\n".formatted(body.length)
                        + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
                        + "\r\n";
        var message = new ByteArrayOutputStream();
        message.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        message.writeBytes(body);
        socket.getOutputStream().write(message.toByteArray());
        socket.getOutputStream().flush();
    }

    private HttpAnswer read() throws IOException {
        return HttpAnswer.read(new UntilDeadline(socket.getInputStream()));
    }

    private static int millisUntil(long deadlineNanos) throws SocketTimeoutException {
        long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the time is up");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /// Each read waits only for what is left of the exchange's time: a device that sends a byte now
    /// and then does not hold the caller.
    private final class UntilDeadline extends InputStream {
        private final InputStream in;

        UntilDeadline(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            socket.setSoTimeout(millisUntil(deadlineNanos));
            return in.read(bytes, from, length);
        }
    }
}
