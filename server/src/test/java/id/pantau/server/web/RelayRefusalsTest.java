package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.GoldenMedia;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Relays that are not taken.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayRefusalsTest {
    private static final String GATE = "{\"camera\": \"gate\", \"url\": \"%s\"}";

    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        admin = server.adminToken();
        server.addCamera(admin, "gate", "rtsp://192.0.2.1/");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.1/live/x, url, relay.urlScheme",
        "rtmp://192.0.2.1/live, url, relay.url",
        "rtmp://user:secret@192.0.2.1/live/x, url, relay.url",
        "rtmp://169.254.169.254/live/x, url, relay.urlRefused",
        "rtsps://192.0.2.1/x, trustAnyCertificate, relay.rtspsTrust",
        "'', url, relay.url"
    })
    void anAddressThatCannotBeUsedIsRefused(String url, String field, String code)
            throws Exception {
        var answer = server.send(admin, "POST", "/api/v1/relays", GATE.formatted(url));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/fieldErrors/0/field").stringValue()).isEqualTo(field);
        assertThat(answer.json().at("/fieldErrors/0/code").stringValue()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aRelayToThisServerItselfOrOfACameraThatIsNotThereIsRefused() throws Exception {
        String own = "rtmp://127.0.0.1:%d/live/gate".formatted(server.server().rtmpPort());
        var toItself = server.send(admin, "POST", "/api/v1/relays", GATE.formatted(own));
        var ofNothing =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/relays",
                        "{\"camera\": \"nothing\", \"url\": \"rtmp://192.0.2.1/a/b\"}");

        assertThat(toItself.json().at("/fieldErrors/0/code").stringValue())
                .isEqualTo("relay.urlRefused");
        assertThat(ofNothing.status()).isEqualTo(404);
        assertThat(server.send(admin, "DELETE", "/api/v1/relays/nothing", null).json().get("code"))
                .hasToString("\"relay.notFound\"");
    }
}
