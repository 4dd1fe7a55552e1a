package id.pantau.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An RTSP client (RFC 2326) that has everything sent inside its connection and only counts: as
/// light as a client can be. Used by one thread; any may ask for the figures.
final class RtspReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(20);
    private static final Pattern CONTROL =
            Pattern.compile("^m=.*\\R(?:[^m].*\\R)*?a=control:(\\S+)", Pattern.MULTILINE);

    private final Socket socket;
    private final URI url;
    private final String authorization;
    private String session = "";
    private int sequence;
    private volatile long bytes;

    private RtspReader(Socket socket, URI url, String authorization) {
        this.socket = socket;
        this.url = url;
        this.authorization = authorization;
    }

    /// @param login `user:password` for Basic; empty for none
    static RtspReader open(URI url, String login) throws IOException {
        String authorization =
                login.isEmpty()
                        ? ""
                        : "Authorization: Basic %s\r\n"
                                .formatted(
                                        Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        var reader = new RtspReader(new Socket(url.getHost(), url.getPort()), url, authorization);
        try {
            reader.setUp();
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private void setUp() throws IOException {
        Answer description = ask("DESCRIBE", url.toString(), "Accept: application/sdp\r\n");
        String base = description.header("Content-Base", url + "/");
        List<String> controls = new ArrayList<>();
        for (Matcher found = CONTROL.matcher(description.body()); found.find(); ) {
            String control = found.group(1);
            controls.add(control.startsWith("rtsp:") ? control : base + control);
        }
        for (int i = 0; i < controls.size(); i++) {
            String transport =
                    "Transport: RTP/AVP/TCP;unicast;interleaved=%d-%d\r\n"
                            .formatted(2 * i, 2 * i + 1);
            Answer answer = ask("SETUP", controls.get(i), transport);
            session = answer.header("Session", "").replaceAll(";.*", "");
        }
        send(
                "PLAY",
                url.toString(),
                "Range: npt=0.000-\r\n"); // its answer is counted with the media behind it
    }

    /// Reads until the server ends it.
    void read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        long saidNanos = System.nanoTime();
        for (int count; (count = in.read(buffer)) >= 0; ) {
            bytes = bytes + count;
            if (System.nanoTime() - saidNanos > ALIVE_EVERY.toNanos()) {
                saidNanos = System.nanoTime();
                send("GET_PARAMETER", url.toString(), "");
            }
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Answer(String head, String body) {
        String header(String name, String otherwise) {
            return head.lines()
                    .filter(line ->
                            line.toLowerCase(Locale.ROOT)
                                    .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    private Answer ask(String method, String target, String headers) throws IOException {
        send(method, target, headers);
        InputStream in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException(method + " was not answered");
            }
            head.append((char) octet);
        }
        if (!head.toString().startsWith("RTSP/1.0 200")) {
            throw new IOException(method + ": " + head.toString().lines().findFirst().orElse(""));
        }
        var answer = new Answer(head.toString(), "");
        int length = Integer.parseInt(answer.header("Content-Length", "0"));
        return new Answer(answer.head(), new String(in.readNBytes(length), UTF_8));
    }

    private void send(String method, String target, String headers) throws IOException {
        String request =
                "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s%s%s\r\n"
                        .formatted(
                                method,
                                target,
                                ++sequence,
                                authorization,
                                session.isEmpty() ? "" : "Session: " + session + "\r\n",
                                headers);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }
}
