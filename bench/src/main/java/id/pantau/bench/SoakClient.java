package id.pantau.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtsp.RtspAttempt;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.testkit.WebRtcPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Watches cameras of one server in every way it serves, and only counts what comes. Thread-safe.
final class SoakClient {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerProcess server;
    private final int rtspPort;
    private final int rtmpPort;
    private final String streamPassword;

    /// @param streamPassword of the account, for RTSP and RTMP
    SoakClient(ServerProcess server, int rtspPort, int rtmpPort, String streamPassword) {
        this.server = server;
        this.rtspPort = rtspPort;
        this.rtmpPort = rtmpPort;
        this.streamPassword = streamPassword;
    }

    @FunctionalInterface
    private interface Watching {
        void run() throws Exception;
    }

    /// Watches for so long and leaves.
    ///
    /// @param polite whether it says goodbye, where the protocol has a word for it
    /// @return bytes of media, with what frames them
    /// @throws IOException when it was turned away or cut off
    long watch(SoakWay way, String camera, Duration length, boolean polite) throws Exception {
        var bytes = new LongAdder();
        switch (way) {
            case RTSP_TCP -> during(length, () -> rtsp(camera, RtspTarget.Transport.TCP, bytes));
            case RTSP_UDP -> during(length, () -> rtsp(camera, RtspTarget.Transport.UDP, bytes));
            case RTMP -> during(length, () -> rtmp(camera, bytes));
            case FLV -> during(length, () -> flv(camera, bytes));
            case HLS -> during(length, () -> hls(camera, false, bytes));
            case LOW_LATENCY_HLS -> during(length, () -> hls(camera, true, bytes));
            case WEBSOCKET -> webSocket(camera, length, bytes);
            case WHEP -> whep(camera, length, polite, bytes);
        }
        return bytes.sum();
    }

    /// On a thread of its own, which is interrupted at the end: that closes whatever it reads from.
    private static void during(Duration length, Watching watching) throws Exception {
        var failure = new AtomicReference<Exception>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                watching.run();
                            } catch (Exception e) {
                                failure.set(e);
                            }
                        });
        boolean early;
        try {
            early = thread.join(length);
        } finally {
            thread.interrupt();
            thread.join();
        }
        if (early) {
            throw new IOException("cut off", failure.get());
        }
    }

    private void rtsp(String camera, RtspTarget.Transport transport, LongAdder bytes)
            throws IOException, InterruptedException {
        URI url = URI.create("rtsp://127.0.0.1:%d/%s/main".formatted(rtspPort, camera));
        var target = new RtspTarget(url, ServerProcess.USER, streamPassword, transport);
        StreamEnd end =
                new RtspAttempt(target, RtspTimeouts.DEFAULT, Clock.systemUTC())
                        .run(signal -> {
                            if (signal instanceof StreamSignal.Unit(var unit)) {
                                bytes.add(unit.sizeBytes());
                            }
                        });
        throw new IOException(end.reason() + ": " + end.detail());
    }

    private void rtmp(String camera, LongAdder bytes) throws IOException {
        String name =
                "%s/main?user=%s&pass=%s".formatted(camera, ServerProcess.USER, streamPassword);
        try (var player = RtmpPlayer.open(rtmpPort, name)) {
            player.play(bytes);
        }
    }

    private void flv(String camera, LongAdder bytes) throws IOException {
        URI uri = server.uri("/flv/%s/main.flv".formatted(camera));
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(uri.getPath(), uri.getHost(), server.token());
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(12), US_ASCII);
            if (!status.endsWith("200")) {
                throw new IOException("FLV was answered " + status);
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                bytes.add(count);
            }
        }
    }

    private void hls(String camera, boolean lowLatency, LongAdder bytes)
            throws IOException, InterruptedException {
        URI playlist = server.uri("/hls/%s/main/index.m3u8".formatted(camera));
        try (var player = new HlsPlayer(playlist, server.token(), lowLatency)) {
            player.play(bytes);
        }
    }

    private void webSocket(String camera, Duration length, LongAdder bytes)
            throws IOException, InterruptedException {
        URI uri = server.uri("/api/v1/cameras/%s/live/main".formatted(camera));
        try (var viewer = Viewer.open(uri, 0, server.token())) {
            Thread.sleep(length);
            bytes.add(viewer.bytes());
            if (!viewer.alive()) {
                throw new IOException("cut off");
            }
        }
    }

    private void whep(String camera, Duration length, boolean polite, LongAdder bytes)
            throws Exception {
        var peer = new WebRtcPeer(WebRtcPeer.Manner.PLAYS);
        try {
            peer.connect(answer(camera, peer.offer()));
            peer.receive(length, (_, _, size) -> bytes.add(size));
        } finally {
            if (polite) {
                peer.close();
            } else {
                peer.vanish();
            }
        }
    }

    private String answer(String camera, String offer) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri("/whep/%s/main".formatted(camera)))
                        .header("Authorization", "Bearer " + server.token())
                        .header("Content-Type", "application/sdp")
                        .POST(HttpRequest.BodyPublishers.ofString(offer))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("WHEP was answered %d".formatted(answer.statusCode()));
            }
            return answer.body();
        }
    }
}
