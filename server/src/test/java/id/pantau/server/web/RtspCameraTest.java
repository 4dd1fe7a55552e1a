package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.rtsp.RtspAccess;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ScriptedCamera;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Cameras over RTSP, from their URL to a live picture.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RtspCameraTest {
    private WholeServer server;
    private String admin;
    private ScriptedCamera camera;

    @BeforeAll
    void start(@TempDir Path home) {
        server = new WholeServer(home);
        admin = server.adminToken();
        camera =
                ScriptedCamera.start(GoldenMedia.H264_PCMA)
                        .account("admin", "geheim", RtspAccess.Scheme.values())
                        .hideParameterSets();
    }

    @AfterAll
    void stop() {
        server.close();
        camera.close();
    }

    private JsonNode probe(String url, String transport) throws Exception {
        var answer =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/probe",
                        "{\"url\": \"%s\", \"transport\": \"%s\"}".formatted(url, transport));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("geheim");
        return answer.json();
    }

    private String url(String password) {
        return "rtsp://admin:%s@127.0.0.1:%d/main".formatted(password, camera.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aProbeDescribesTheCamera(String transport) throws Exception {
        JsonNode probe = probe(url("geheim"), transport);
        assertThat(probe.get("ok").booleanValue()).as(probe.toString()).isTrue();
        assertThat(probe.get("format").get("audio").get("codec").stringValue()).isEqualTo("PCMA");
        assertThat(probe.get("fps").doubleValue()).isBetween(9.0, 11.0);
        assertThat(probe.get("findings").toString()).contains("audio.g711", "sdp.noParameterSets");
    }

    @Test
    void aWrongPasswordAndAWrongPathSayWhatToDo() throws Exception {
        JsonNode wrong = probe(url("wrong"), "tcp");
        assertThat(wrong.get("reason").stringValue()).isEqualTo("UNAUTHORIZED");
        assertThat(wrong.get("detail").stringValue()).contains("Check user name and password");
        JsonNode lost = probe(url("geheim").replace("/main", "/nowhere"), "tcp");
        assertThat(lost.get("reason").stringValue()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aCameraThatIsAddedIsSeenLiveWithinSeconds() throws Exception {
        var added =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        "{\"name\": \"Gate\", \"main\": {\"url\": \"%s\"}}"
                                .formatted(url("geheim")));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        var viewer = new LiveOverHttpTest.Viewer();
        server.webSocket(admin, "/api/v1/cameras/gate/live/main", viewer);
        Eventually.await("fragments come", () -> viewer.binaries.size() > 10);
        Eventually.await(
                "the camera streams and is measured",
                () -> {
                    try {
                        JsonNode state =
                                server.get(admin, "/api/v1/cameras/gate")
                                        .json()
                                        .get("state")
                                        .get("main");
                        return state.get("phase").stringValue().equals("streaming")
                                && state.has("fps")
                                && state.has("clockOffsetMs");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
