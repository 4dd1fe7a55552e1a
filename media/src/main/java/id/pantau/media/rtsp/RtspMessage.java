package id.pantau.media.rtsp;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// A request or a response of RTSP 1.0 (RFC 2326 §6 and §7), in either direction.
public sealed interface RtspMessage {
    String VERSION = "RTSP/1.0";

    RtspHeaders headers();

    Bytes body();

    /// The request or status line, without its line end.
    String startLine();

    /// The same message with one more header line.
    RtspMessage with(String name, String value);

    /// @param method in capitals
    /// @param uri as written: cameras write, and want to see again, what is no URI by RFC 3986
    record Request(String method, String uri, RtspHeaders headers, Bytes body)
            implements RtspMessage {
        public static Request of(String method, String uri) {
            return new Request(method, uri, RtspHeaders.EMPTY, Bytes.EMPTY);
        }

        @Override
        public String startLine() {
            return method + ' ' + uri + ' ' + VERSION;
        }

        @Override
        public Request with(String name, String value) {
            return new Request(method, uri, headers.with(name, value), body);
        }
    }

    /// @param status 100..999
    record Response(int status, String reason, RtspHeaders headers, Bytes body)
            implements RtspMessage {
        public static Response of(int status, String reason) {
            return new Response(status, reason, RtspHeaders.EMPTY, Bytes.EMPTY);
        }

        @Override
        public String startLine() {
            return VERSION + ' ' + status + ' ' + reason;
        }

        @Override
        public Response with(String name, String value) {
            return new Response(status, reason, headers.with(name, value), body);
        }

        public Response withBody(String contentType, String text) {
            return new Response(
                    status,
                    reason,
                    headers.with("Content-Type", contentType),
                    Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /// Empty when the header is missing or no number.
    default OptionalInt cseq() {
        return number(headers().first("CSeq"));
    }

    /// How long the body says it is; empty when the header is missing, negative or no number.
    default OptionalInt contentLength() {
        return number(headers().first("Content-Length"));
    }

    default String bodyText() {
        return StandardCharsets.UTF_8.decode(body().buffer()).toString();
    }

    /// The message as on the wire, with the `Content-Length` its body really has.
    default ByteBuffer write() {
        RtspHeaders written = headers().without("Content-Length");
        if (!body().isEmpty()) {
            written = written.with("Content-Length", Integer.toString(body().size()));
        }
        byte[] head =
                (startLine() + "\r\n" + written.write() + "\r\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + body().size())
                .put(head)
                .put(body().buffer())
                .flip();
    }

    /// Reads one whole message. A body shorter than its `Content-Length` is taken as it is, bytes
    /// beyond it are left in the buffer.
    ///
    /// @param bytes from position to limit; left behind the message
    /// @throws MalformedRtspException when the first line is neither a request nor a status line
    static RtspMessage parse(ByteBuffer bytes) throws MalformedRtspException {
        int headEnd = RtspInput.headEnd(bytes, bytes.position(), bytes.limit());
        int end = headEnd < 0 ? bytes.limit() : headEnd;
        RtspMessage head = parseHead(text(bytes, end));
        int length = Math.min(head.contentLength().orElse(0), bytes.remaining());
        return length == 0 ? head : withBody(head, bytes, length);
    }

    /// Reads the first line and the headers.
    static RtspMessage parseHead(String head) throws MalformedRtspException {
        int lineEnd = head.indexOf('\n');
        String line = (lineEnd < 0 ? head : head.substring(0, lineEnd)).strip();
        RtspHeaders headers =
                lineEnd < 0 ? RtspHeaders.EMPTY : RtspHeaders.parse(head.substring(lineEnd + 1));
        return line.startsWith("RTSP/") ? response(line, headers) : request(line, headers);
    }

    /// Takes `length` bytes of the buffer as the message's body.
    static RtspMessage withBody(RtspMessage head, ByteBuffer bytes, int length) {
        Bytes body = Bytes.of(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        return switch (head) {
            case Request(String method, String uri, RtspHeaders headers, Bytes _) ->
                    new Request(method, uri, headers, body);
            case Response(int status, String reason, RtspHeaders headers, Bytes _) ->
                    new Response(status, reason, headers, body);
        };
    }

    private static Response response(String line, RtspHeaders headers)
            throws MalformedRtspException {
        String[] parts = line.split("\\s+", 3);
        OptionalInt status = number(parts.length < 2 ? Optional.empty() : Optional.of(parts[1]));
        if (status.isEmpty() || status.getAsInt() < 100 || status.getAsInt() > 999) {
            throw new MalformedRtspException("a status line without a status from 100 to 999");
        }
        String reason = parts.length < 3 ? "" : parts[2];
        return new Response(status.getAsInt(), reason, headers, Bytes.EMPTY);
    }

    private static Request request(String line, RtspHeaders headers) throws MalformedRtspException {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        String uri = first < last ? line.substring(first + 1, last).strip() : "";
        if (first < 1 || uri.isEmpty() || !line.startsWith("RTSP/", last + 1)) {
            throw new MalformedRtspException("neither a request line nor a status line of RTSP");
        }
        String method = line.substring(0, first);
        if (!method.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '_')) {
            throw new MalformedRtspException("a request line without a method");
        }
        return new Request(method, uri, headers, Bytes.EMPTY);
    }

    private static String text(ByteBuffer bytes, int end) {
        String text =
                StandardCharsets.UTF_8
                        .decode(bytes.slice(bytes.position(), end - bytes.position()))
                        .toString();
        bytes.position(end);
        return text;
    }

    private static OptionalInt number(Optional<String> digits) {
        try {
            int value = digits.isEmpty() ? -1 : Integer.parseInt(digits.get());
            return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }
}
