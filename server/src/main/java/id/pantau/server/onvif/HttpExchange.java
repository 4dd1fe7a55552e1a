package id.pantau.server.onvif;

import java.io.BufferedInputStream;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One POST to a device and its answer (RFC 9112), on a connection of its own: devices close idle
/// connections without a word. Connects to the address that was allowed, not to what the name means
/// a moment later; follows no redirect; the whole exchange has one deadline and a bounded answer.
final class HttpExchange {
    /// The largest real answers (GetProfiles of a 64-channel recorder) have some 300 KiB.
    static final int LARGEST_BODY = 1 << 20;

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 64;
    private static final int MOST_INTERIM_ANSWERS = 4;
    private static final int OK_FROM = 200;

    /// @param headers names in lower case
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        List<String> header(String name) {
            return headers.getOrDefault(name, List.of());
        }
    }

    /// What is no HTTP, or more than is taken.
    static final class BadAnswerException extends IOException {
        private static final long serialVersionUID = 1;

        BadAnswerException(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final long deadlineNanos;

    private HttpExchange(Socket socket, long deadlineNanos) {
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
    }

    /// @param to where to connect; the host in `target` is only shown to the device
    /// @param authorization value of the header; null for none
    /// @throws SocketTimeoutException when the exchange is not over within `timeout`
    static Answer post(
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

    private Answer read() throws IOException {
        var in = new BufferedInputStream(new UntilDeadline(socket.getInputStream()));
        for (int interim = 0; interim < MOST_INTERIM_ANSWERS; interim++) {
            int status = status(line(in));
            Map<String, List<String>> headers = headers(in);
            if (status >= OK_FROM) {
                return new Answer(status, headers, body(in, headers));
            }
        }
        throw new BadAnswerException("only interim answers");
    }

    private static int status(String line) throws BadAnswerException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("\\d{3}")) {
            throw new BadAnswerException("no HTTP status line");
        }
        return Integer.parseInt(words[1]);
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, List<String>>();
        for (int count = 0; count <= MOST_HEADERS; count++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        throw new BadAnswerException("more than %d headers".formatted(MOST_HEADERS));
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers)
            throws IOException {
        String encoding = first(headers, "transfer-encoding");
        if (encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked")) {
            return chunked(in);
        }
        OptionalInt length = size(first(headers, "content-length"), 10);
        return length.isPresent() ? exactly(in, length.getAsInt()) : rest(in);
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }

    private static OptionalInt size(@Nullable String text, int radix) throws BadAnswerException {
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            long size = Long.parseLong(text, radix);
            if (size < 0 || size > LARGEST_BODY) {
                throw new BadAnswerException("an answer of %d bytes".formatted(size));
            }
            return OptionalInt.of((int) size);
        } catch (NumberFormatException _) {
            throw new BadAnswerException("a length that is no number");
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new BadAnswerException(
                    "%d bytes of %d, then nothing".formatted(bytes.length, length));
        }
        return bytes;
    }

    private static byte[] rest(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new BadAnswerException("more than %d bytes".formatted(LARGEST_BODY));
        }
        return bytes;
    }

    private static byte[] chunked(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            OptionalInt size = size(line(in).split(";", 2)[0].strip(), 16);
            if (size.isEmpty() || size.getAsInt() == 0) {
                return body.toByteArray(); // the connection ends here: trailers are of no use
            }
            if (body.size() + size.getAsInt() > LARGEST_BODY) {
                throw new BadAnswerException("more than %d bytes".formatted(LARGEST_BODY));
            }
            body.writeBytes(exactly(in, size.getAsInt()));
            line(in);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new BadAnswerException("the connection ended inside an answer");
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            if (line.size() >= LONGEST_LINE) {
                throw new BadAnswerException(
                        "a line of more than %d bytes".formatted(LONGEST_LINE));
            }
            line.write(octet);
        }
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
