package id.pantau.server.camera;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The head of a request to an HTTP proxy: in absolute form, or `CONNECT` (RFC 9112 §3.2).
///
/// @param credentials of `Proxy-Authorization: Basic`, as sent; empty when there are none
/// @param headers those that are the origin's, in order
record ProxyRequest(
        String method,
        String host,
        int port,
        String pathAndQuery,
        String credentials,
        List<String> headers) {
    private static final int MAX_HEAD_BYTES = 32 << 10;
    private static final String BASIC = "proxy-authorization: basic ";

    ProxyRequest {
        headers = List.copyOf(headers);
    }

    /// Reads no further than the empty line.
    ///
    /// @throws IOException when it is none
    static ProxyRequest read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3) {
            throw new IOException("no request line");
        }
        var headers = new ArrayList<String>();
        String credentials = "";
        for (String line : List.of(lines).subList(1, lines.length)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(BASIC)) {
                credentials = line.substring(BASIC.length()).strip();
            } else if (!line.isEmpty() && !lower.startsWith("proxy-")) {
                headers.add(line);
            }
        }
        boolean tunnel = first[0].equals("CONNECT");
        URI target = target(tunnel ? "tunnel://" + first[1] : first[1]);
        String query = target.getRawQuery();
        String path = target.getRawPath();
        return new ProxyRequest(
                first[0],
                target.getHost(),
                target.getPort() > 0 ? target.getPort() : StreamScheme.HTTP.defaultPort(),
                (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query),
                credentials,
                headers);
    }

    boolean isTunnel() {
        return method.equals("CONNECT");
    }

    /// The head as the origin gets it.
    byte[] forOrigin() {
        return "%s %s HTTP/1.1\r\n%s\r\n\r\n"
                .formatted(method, pathAndQuery, String.join("\r\n", headers))
                .getBytes(ISO_8859_1);
    }

    private static URI target(String text) throws IOException {
        try {
            var target = new URI(text);
            boolean known = List.of("http", "tunnel").contains(target.getScheme());
            if (!known || target.getHost() == null) {
                throw new IOException("no target");
            }
            return target;
        } catch (URISyntaxException e) {
            throw new IOException("no target", e);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int seen = 0; // of the four bytes that end it
        while (seen < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (head.size() >= MAX_HEAD_BYTES) {
                throw new IOException("a head without an end");
            }
            head.write(next);
            boolean fits = next == (seen % 2 == 0 ? '\r' : '\n');
            seen = fits ? seen + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(ISO_8859_1).strip();
    }
}
