package id.pantau.server.onvif;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a device answered by HTTP (RFC 9112), bounded in every direction.
///
/// @param headers names in lower case
record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    /// The largest real answers (GetProfiles of a 64-channel recorder) have some 300 KiB.
    static final int LARGEST_BODY = 1 << 20;

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 64;
    private static final int MOST_INTERIM_ANSWERS = 4;
    private static final int OK_FROM = 200;

    /// What is no HTTP, or more than is taken.
    static final class BadAnswerException extends IOException {
        private static final long serialVersionUID = 1;

        BadAnswerException(String message) {
            super(message);
        }
    }

    List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /// @param stream of a connection that ends behind the answer
    /// @throws BadAnswerException when it is no HTTP, or more than is taken
    static HttpAnswer read(InputStream stream) throws IOException {
        var in = new BufferedInputStream(stream);
        for (int interim = 0; interim < MOST_INTERIM_ANSWERS; interim++) {
            int status = status(line(in));
            Map<String, List<String>> headers = headers(in);
            if (status >= OK_FROM) {
                return new HttpAnswer(status, headers, body(in, headers));
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
}
