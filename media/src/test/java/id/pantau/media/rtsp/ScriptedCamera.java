package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A camera of a few lines: every connection runs the script, on a thread of its own.
final class ScriptedCamera implements AutoCloseable {
    static final String SDP =
            """
            v=0
            s=test
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=control:track0
            m=audio 0 RTP/AVP 8
            a=control:track1
            """;

    interface Script {
        void run(Visitor visitor) throws Exception;
    }

    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /// Every request of every connection, in order of arrival.
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /// What a script threw other than that its visitor left.
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    ScriptedCamera(Script script) throws IOException {
        this(script, new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    }

    ScriptedCamera(Script script, ServerSocket server) {
        this.script = script;
        this.server = server;
        Thread.startVirtualThread(this::accept);
    }

    URI url(String path) {
        return URI.create("rtsp://127.0.0.1:" + server.getLocalPort() + path);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Visitor(socket));
        } catch (IOException _) {
            // the visitor left
        } catch (Exception e) {
            failures.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// One connection, seen from the camera.
    final class Visitor {
        private final RtspInput input = new RtspInput();
        private final InputStream in;
        private final OutputStream out;
        final Socket socket;

        /// How many interleaved frames came from the visitor: its receiver reports.
        int framesIn;

        Visitor(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /// Waits for the next message.
        RtspMessage next() throws IOException {
            while (true) {
                switch (input.next()) {
                    case MESSAGE -> {
                        if (input.message() instanceof Request request) {
                            requests.add(request);
                        }
                        return input.message();
                    }
                    case FRAME -> framesIn++;
                    case NOTHING -> {
                        if (input.fill(in) < 0) {
                            throw new IOException("the visitor left");
                        }
                    }
                }
            }
        }

        Request request() throws IOException {
            while (true) {
                if (next() instanceof Request request) {
                    return request;
                }
            }
        }

        /// Waits for a request of that method; anything else fails the script.
        Request expect(String method) throws IOException {
            Request request = request();
            if (!request.method().equals(method)) {
                throw new AssertionError("expected " + method + " but " + request.startLine());
            }
            return request;
        }

        void answer(Request request, Response response) throws IOException {
            write(response.with("CSeq", request.headers().first("CSeq").orElseThrow()).write());
        }

        void ok(Request request) throws IOException {
            answer(request, Response.of(200, "OK"));
        }

        /// Answers as a well-behaved camera does.
        void serve(Request request) throws IOException {
            Response ok = Response.of(200, "OK");
            Response response =
                    switch (request.method()) {
                        case "OPTIONS" ->
                                ok.with("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER");
                        case "DESCRIBE" -> ok.withBody("application/sdp", SDP);
                        case "SETUP" ->
                                ok.with("Session", "s1;timeout=60")
                                        .with(
                                                "Transport",
                                                request.headers().first("Transport").orElseThrow());
                        default -> ok;
                    };
            answer(request, response);
        }

        /// Well-behaved up to and including the answer to PLAY.
        void untilPlay() throws IOException {
            Request request;
            do {
                request = request();
                serve(request);
            } while (!request.method().equals("PLAY"));
        }

        /// An RTP packet on an interleaved channel; its first payload byte 1 means key frame to the
        /// tests' receiver.
        void frame(int channel, int marker) throws IOException {
            write(frameBytes(channel, marker));
        }

        static ByteBuffer frameBytes(int channel, int marker) {
            byte[] packet = packet(marker);
            return ByteBuffer.allocate(4 + packet.length)
                    .put((byte) '$')
                    .put((byte) channel)
                    .putShort((short) packet.length)
                    .put(packet)
                    .flip();
        }

        void write(String text) throws IOException {
            write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        /// Sends key frames in the background from now on, as a camera does.
        void keepSending() {
            Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        frame(0, 1);
                        Thread.sleep(10);
                    }
                } catch (IOException | InterruptedException _) {
                    // the visitor left
                }
            });
        }

        synchronized void write(ByteBuffer bytes) throws IOException {
            out.write(bytes.array(), bytes.position(), bytes.remaining());
        }

        /// Answers whatever comes until the visitor leaves.
        void serveForever() throws IOException {
            while (true) {
                serve(request());
            }
        }
    }

    /// An RTP packet of 13 bytes.
    static byte[] packet(int marker) {
        byte[] packet = new byte[13];
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        packet[12] = (byte) marker;
        return packet;
    }
}
