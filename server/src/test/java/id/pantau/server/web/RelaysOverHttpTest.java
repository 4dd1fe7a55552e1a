package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Streams pushed from one whole server to another.
class RelaysOverHttpTest {
    @TempDir private Path home;
    @TempDir private Path otherHome;
    private WholeServer server;
    private WholeServer other;
    private String admin;
    private String otherAdmin;

    @BeforeEach
    void start() throws Exception {
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        other = new WholeServer(otherHome);
        admin = server.adminToken();
        otherAdmin = other.adminToken();
        server.addCamera(admin, "gate", "rtsp://192.0.2.1/gate");
        other.addCamera(otherAdmin, "copy", "publish://");
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private String targetUrl(String scheme) throws Exception {
        String key =
                other.get(otherAdmin, "/api/v1/cameras/copy").json().get("streamKey").stringValue();
        return scheme.equals("rtmp")
                ? "rtmp://127.0.0.1:%d/live/copy?key=%s".formatted(other.server().rtmpPort(), key)
                : "rtsp://copy:%s@127.0.0.1:%d/copy".formatted(key, other.server().rtspPort());
    }

    private JsonNode relay(String url) throws Exception {
        return server.create(
                admin, "/api/v1/relays", "{\"camera\": \"gate\", \"url\": \"%s\"}".formatted(url));
    }

    private static String body(WholeServer of, String token, String path) {
        try {
            return of.get(token, path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String relays() {
        return body(server, admin, "/api/v1/relays");
    }

    private JsonNode only() {
        return WholeServer.JSON.readTree(relays()).get(0);
    }

    private void awaitPhase(String phase) throws InterruptedException {
        Eventually.await(
                "the relay is " + phase,
                Duration.ofSeconds(20),
                () -> only().at("/state/phase").stringValue().equals(phase));
    }

    private String copyPhase() {
        return WholeServer.JSON
                .readTree(body(other, otherAdmin, "/api/v1/cameras/copy"))
                .at("/state/main/phase")
                .stringValue();
    }

    @ParameterizedTest
    @CsvSource({"rtmp", "rtsp"})
    void aStreamArrivesAtAnotherServerAndComesBackAfterABreak(String scheme) throws Exception {
        relay(targetUrl(scheme));
        Eventually.await("the copy streams", () -> copyPhase().equals("streaming"));
        awaitPhase("pushing");
        Eventually.await(
                "bytes are counted", () -> only().at("/state/sentBytes").longValue() > 10_000);

        other.send(otherAdmin, "POST", "/api/v1/cameras/copy/restart", "{}"); // ends its publisher
        awaitPhase("waiting");
        assertThat(only().at("/state/reason").stringValue()).isNotEmpty();
        awaitPhase("pushing");
        Eventually.await("the copy streams again", () -> copyPhase().equals("streaming"));
    }

    @Test
    void switchedOffItEndsAndTheCameraIsLetGo() throws Exception {
        String id = relay(targetUrl("rtmp")).get("id").stringValue();
        awaitPhase("pushing");
        String path = "/api/v1/relays/" + id;

        assertThat(server.send(admin, "PATCH", path, "{\"enabled\": false}").status())
                .isEqualTo(200);
        assertThat(only().at("/state/phase").stringValue()).isEqualTo("off");
        Eventually.await("the copy waits", () -> copyPhase().equals("waiting"));

        server.send(admin, "PATCH", path, "{\"enabled\": true}");
        awaitPhase("pushing");
        assertThat(server.send(admin, "DELETE", "/api/v1/cameras/gate", null).status())
                .isEqualTo(204);
        assertThat(server.get(admin, "/api/v1/relays").json()).isEmpty();
    }

    @Test
    void neitherKeyNorPasswordIsEverShown() throws Exception {
        String url = targetUrl("rtsp");
        String key = url.substring(url.indexOf(':', 6) + 1, url.indexOf('@'));
        relay(url);
        relay("rtmp://127.0.0.1:1/live/" + key + "?sig=" + key);
        Eventually.await("one failed", () -> relays().contains("\"UNREACHABLE\""));

        assertThat(relays()).doesNotContain(key).contains("rtmp://127.0.0.1:1/live/***");
    }

    @Test
    void relaysAreStartedAgainWithTheServer() throws Exception {
        relay(targetUrl("rtmp"));
        awaitPhase("pushing");
        server.close();
        Eventually.await("the copy waits", () -> copyPhase().equals("waiting"));

        server =
                new WholeServer(
                        home,
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        admin = server.adminToken();
        awaitPhase("pushing");
    }
}
