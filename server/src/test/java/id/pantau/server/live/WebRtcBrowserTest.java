package id.pantau.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.media.webrtc.WebRtcAnswer;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSettings;
import id.pantau.testkit.BrowserScript;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real browser plays a stream by WHEP and publishes its camera by WHIP; `ui/e2e/webrtc.mjs`
/// drives it against the smallest HTTP server there is.
@Tag("browser")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WebRtcBrowserTest {
    private final StreamHub played = new StreamHub("played", StreamHub.CacheLimits.DEFAULT);
    private final StreamHub published = new StreamHub("published", StreamHub.CacheLimits.DEFAULT);
    private WebRtcServer webRtc;
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        // Chromium gathers no candidate on the loopback interface alone, but reaches one there.
        webRtc = WebRtcServer.start(WebRtcSettings.at(new InetSocketAddress(0)));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> reply(exchange, 200, "text/html", "<body></body>"));
        http.createContext(
                "/whep", exchange -> answer(exchange, webRtc.answerPlay(body(exchange), played)));
        http.createContext(
                "/whip",
                exchange ->
                        answer(
                                exchange,
                                webRtc.answerPublish(body(exchange), new IntoHub(published))));
        http.start();
    }

    @AfterEach
    void stop() {
        if (http != null) {
            http.stop(0);
            webRtc.close();
        }
    }

    private record IntoHub(StreamHub hub) implements Publication {
        @Override
        public void accept(StreamSignal signal) {
            hub.accept(signal);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close(StreamEnd end) {
            hub.accept(new StreamSignal.Ended(end));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPUS", "H264_PCMU", "H264_PCMA"})
    void aBrowserPlaysPicturesAndSound(GoldenMedia media) throws Exception {
        Thread feeder = feed(media);
        try {
            Eventually.await("the stream begins", () -> played.format().isPresent());
            JsonNode seen = drive("play", 6);
            assertThat(seen.get("state").asString()).isEqualTo("connected");
            assertThat(seen.get("time").asDouble()).isGreaterThan(3);
            assertThat(seen.get("width").asInt()).isPositive();
            assertThat(seen.get("video").get("decoded").asInt()).isGreaterThan(30);
            assertThat(seen.get("video").get("lost").asInt()).isZero();
            assertThat(seen.get("audio").get("packets").asInt()).isGreaterThan(20);
            assertThat(seen.get("audio").get("energy").asDouble()).as("a tone").isPositive();
        } finally {
            feeder.interrupt();
            feeder.join();
        }
        Eventually.await("the session ends with the page", () -> webRtc.list().isEmpty());
    }

    @Test
    void aBrowserPublishesItsCamera() throws Exception {
        JsonNode seen = drive("publish", 6);
        if (seen.get("status").asInt() != 201) {
            assertThat(seen.get("status").asInt()).isEqualTo(406);
            assumeTrue(
                    seen.get("offersH264").asBoolean(),
                    "this Chromium encodes no H.264: refused with '" + seen.get("text") + "'");
        }
        assertThat(seen.get("state").asString()).isEqualTo("connected");
        assertThat(published.unitsIn()).isGreaterThan(60);
        Eventually.await("the session ends with the page", () -> webRtc.list().isEmpty());
    }

    private Thread feed(GoldenMedia media) throws IOException {
        LoopingClip clip = LoopingClip.open(media.path());
        return Thread.ofVirtual()
                .start(() -> {
                    try (RtspSource.Feed feed = clip.open()) {
                        while (true) {
                            played.accept(feed.take());
                        }
                    } catch (InterruptedException _) {
                        // the test is over
                    }
                });
    }

    private JsonNode drive(String task, int seconds) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/";
        String seen = BrowserScript.run("webrtc.mjs", url, task, Integer.toString(seconds));
        return JsonMapper.builder().build().readTree(seen);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, WebRtcAnswer answer) throws IOException {
        switch (answer) {
            case WebRtcAnswer.Accepted accepted -> {
                System.out.println(accepted.facts());
                reply(exchange, 201, "application/sdp", accepted.sdp());
            }
            case WebRtcAnswer.Refused(var reason, var detail) ->
                    reply(exchange, 406, "text/plain", reason + ": " + detail);
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
