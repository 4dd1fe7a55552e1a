package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.WebRtcPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// WHEP and WHIP through the whole server. The camera is a file and nobody records it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebRtcOverHttpTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        admin = server.adminToken();
        add("gate", "rtsp://192.0.2.1/");
        add("drone", "publish://");
    }

    private void add(String id, String url) throws Exception {
        String body =
                """
                {"id": "%s", "name": "%s", "main": {"url": "%s"}, "recording": {"mode": "off"}}
                """;
        var answer = server.send(admin, "POST", "/api/v1/cameras", body.formatted(id, id, url));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    void stop() {
        http.shutdownNow();
        server.close();
    }

    private HttpResponse<String> offer(String path, @Nullable String bearer, String sdp)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/sdp")
                        .POST(HttpRequest.BodyPublishers.ofString(sdp));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.server().port() + path);
    }

    private String ticket(String camera, String protocol) throws Exception {
        String body = "{\"protocol\": \"%s\"}".formatted(protocol);
        var answer = server.send(admin, "POST", "/api/v1/cameras/" + camera + "/tickets", body);
        return answer.json().get("ticket").stringValue();
    }

    private String phase(String camera) {
        try {
            var view = server.get(admin, "/api/v1/cameras/" + camera).json();
            return view.at("/state/main/phase").stringValue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBrowserWatchesACameraNobodyRecordsAndLetsItGo() throws Exception {
        assertThat(phase("gate")).isEqualTo("idle");
        try (var peer = new WebRtcPeer(WebRtcPeer.Manner.PLAYS)) {
            var answer =
                    offer("/whep/gate/main?ticket=" + ticket("gate", "whep"), null, peer.offer());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.headers().firstValue("X-Pantau-Remarks").orElse(""))
                    .as("WebRTC has no AAC, and the viewer is told")
                    .contains("audioCodecNotPlayable");
            peer.connect(answer.body());
            var packets = new AtomicInteger();
            peer.receive(Duration.ofSeconds(2), (_, _, _) -> packets.incrementAndGet());
            assertThat(packets).hasValueGreaterThan(20);
            assertThat(phase("gate")).isEqualTo("streaming");

            String session = answer.headers().firstValue("Location").orElseThrow();
            assertThat(server.send(admin, "DELETE", session, null).status()).isEqualTo(200);
            Eventually.await("nobody watches", () -> viewers("gate") == 0);
            assertThat(server.send(admin, "DELETE", session, null).status()).isEqualTo(404);
        }
    }

    @Test
    void aViewerOfACameraThatIsAwayIsToldAtOnce() throws Exception {
        add("absent", "publish://");
        assertThat(phase("absent")).isEqualTo("waiting");
        try (var peer = new WebRtcPeer(WebRtcPeer.Manner.PLAYS)) {
            long asked = System.nanoTime();
            var answer = offer("/whep/absent/main", admin, peer.offer());
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("webrtc.notStreaming");
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("and not after the 10 s that a first picture may take")
                    .isLessThan(Duration.ofSeconds(8));
        }
    }

    private int viewers(String camera) {
        try {
            var view = server.get(admin, "/api/v1/cameras/" + camera).json();
            return view.at("/state/main/viewers").intValue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoOfferOrHasNothingInCommonIsRefusedWithAReason() throws Exception {
        var garbage = offer("/whep/gate/main", admin, "v=0\r\nnonsense");
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(garbage.body()).contains("webrtc.malformedOffer");
        var manner =
                WebRtcPeer.Manner.PLAYS
                        .withVideo(
                                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                                "a=recvonly",
                                "a=rtpmap:96 VP8/90000")
                        .withAudio();
        try (var peer = new WebRtcPeer(manner)) {
            var answer = offer("/whep/gate/main", admin, peer.offer());
            assertThat(answer.statusCode()).isEqualTo(406);
            assertThat(answer.body()).contains("webrtc.noCommonCodec");
        }
    }

    @Test
    void onlyATicketOfThisCameraAndThisWayOpensIt() throws Exception {
        for (String ticket : new String[] {ticket("drone", "whep"), ticket("gate", "rtsp"), "x"}) {
            var answer = offer("/whep/gate/main?ticket=" + ticket, null, "v=0");
            assertThat(answer.statusCode()).isIn(401, 404);
        }
    }

    @Test
    void aPublisherNeedsTheStreamKeyAndIsTheOnlyOne() throws Exception {
        String key =
                server.get(admin, "/api/v1/cameras/drone").json().get("streamKey").stringValue();
        var manner =
                WebRtcPeer.Manner.PLAYS
                        .withVideo(
                                "m=video 9 UDP/TLS/RTP/SAVPF 97",
                                "a=sendonly",
                                "a=rtpmap:97 H264/90000",
                                "a=fmtp:97 packetization-mode=1;profile-level-id=42e01f")
                        .withAudio();
        try (var peer = new WebRtcPeer(manner)) {
            assertThat(offer("/whip/drone", "wrong", peer.offer()).statusCode()).isEqualTo(401);
            assertThat(offer("/whip/drone", admin, peer.offer()).statusCode()).isEqualTo(401);
            assertThat(offer("/whip/gate", key, peer.offer()).statusCode()).isEqualTo(401);

            var first = offer("/whip/drone", key, peer.offer());
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            var second = offer("/whip/drone", key, peer.offer());
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.body()).contains("publish.busy");

            String session = first.headers().firstValue("Location").orElseThrow();
            assertThat(server.send("wrong", "DELETE", session, null).status()).isEqualTo(401);
            assertThat(server.send(key, "DELETE", session, null).status()).isEqualTo(200);
            Eventually.await("the place is free", () -> phase("drone").equals("waiting"));
            assertThat(offer("/whip/drone", key, peer.offer()).statusCode()).isEqualTo(201);
        }
    }
}
