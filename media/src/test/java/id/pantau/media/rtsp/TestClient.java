package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A client that does what a test tells it, one message at a time.
final class TestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    /// One interleaved frame, copied.
    record Frame(int channel, ByteBuffer packet) {}

    private final Socket socket;
    private final int port;
    private final RtspInput input = new RtspInput();
    private final Queue<Frame> frames = new ArrayDeque<>();
    private int cseq;
    private @Nullable String session;
    private @Nullable String authorization;

    TestClient(RtspServer server) throws IOException {
        port = server.port();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    String url(String path) {
        return "rtsp://127.0.0.1:%d/%s".formatted(port, path);
    }

    /// Sent with every request from now on; null for none.
    void authorization(@Nullable String header) {
        authorization = header;
    }

    Response ask(String method, String path, String... headers) throws IOException {
        Request request = Request.of(method, path.equals("*") ? path : url(path));
        for (int i = 0; i < headers.length; i += 2) {
            request = request.with(headers[i], headers[i + 1]);
        }
        return ask(request);
    }

    Response ask(Request request) throws IOException {
        Request numbered = request.with("CSeq", Integer.toString(++cseq));
        if (session != null && request.headers().first("Session").isEmpty()) {
            numbered = numbered.with("Session", session);
        }
        if (authorization != null) {
            numbered = numbered.with("Authorization", authorization);
        }
        send(numbered.write());
        Response response = response();
        response.headers()
                .first("Session")
                .flatMap(SessionHeader::parse)
                .ifPresent(header -> session = header.id());
        return response;
    }

    void send(ByteBuffer bytes) throws IOException {
        socket.getOutputStream().write(bytes.array(), 0, bytes.limit());
    }

    Response setup(String path, int firstChannel) throws IOException {
        return ask("SETUP", path, "Transport", RtspTransport.interleaved(firstChannel).write());
    }

    /// The next response; frames before it are kept for [#frame()].
    Response response() throws IOException {
        while (true) {
            switch (next()) {
                case FRAME -> keepFrame();
                case MESSAGE -> {
                    return (Response) input.message();
                }
                case NOTHING -> throw new IllegalStateException();
            }
        }
    }

    Frame frame() throws IOException {
        while (frames.isEmpty()) {
            if (next() == RtspInput.Found.FRAME) {
                keepFrame();
            }
        }
        return frames.remove();
    }

    /// The next RTP packet on this channel.
    RtspPacket rtp(int channel) throws IOException {
        while (true) {
            Frame frame = frame();
            if (frame.channel == channel) {
                return RtspPacket.of(frame.packet);
            }
        }
    }

    record RtspPacket(int seq, int time, int ssrc, boolean marker, ByteBuffer payload) {
        static RtspPacket of(ByteBuffer packet) {
            return new RtspPacket(
                    packet.getShort(2) & 0xffff,
                    packet.getInt(4),
                    packet.getInt(8),
                    packet.get(1) < 0,
                    packet.slice(12, packet.limit() - 12));
        }

        int nalType() {
            return payload.get(0) & 0x1f;
        }
    }

    /// Reads until the server closes the connection.
    void awaitEnd() throws IOException {
        while (input.fill(socket.getInputStream()) >= 0) {
            while (input.next() != RtspInput.Found.NOTHING) {}
        }
    }

    private RtspInput.Found next() throws IOException {
        while (true) {
            RtspInput.Found found = input.next();
            if (found != RtspInput.Found.NOTHING) {
                return found;
            }
            if (input.fill(socket.getInputStream()) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
    }

    private void keepFrame() {
        ByteBuffer packet = input.frame();
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining()).put(packet).flip();
        frames.add(new Frame(input.frameChannel(), copy));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
