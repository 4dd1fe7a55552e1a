package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ScriptedCamera;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Examinations of cameras through the whole server.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindingsOverHttpTest {
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) {
        server = new WholeServer(home);
        admin = server.adminToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        WholeServer.Answer answer = server.send(admin, method, path, body.isEmpty() ? null : body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode ofAll(String camera) throws Exception {
        return ok("GET", "/api/v1/findings", "")
                .get("cameras")
                .valueStream()
                .filter(one -> one.get("camera").stringValue().equals(camera))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCameraIsExaminedNowAndWhatWasFoundStays() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264)) {
            server.addCamera(admin, "gate", device.url().toString());
            assertThat(ofAll("gate").has("examinedAt")).isFalse();

            JsonNode now = ok("POST", "/api/v1/cameras/gate/findings", "");
            JsonNode first = now.at("/findings/0");
            assertThat(first.get("part").stringValue()).isEqualTo("main");
            assertThat(first.get("code").stringValue()).isEqualTo("audio.none");
            assertThat(first.get("severity").stringValue()).isEqualTo("info");
            assertThat(first.get("since")).isEqualTo(now.get("examinedAt"));

            assertThat(ok("GET", "/api/v1/cameras/gate/findings", "")).isEqualTo(now);
            assertThat(ofAll("gate")).isEqualTo(now);

            ok("PATCH", "/api/v1/cameras/gate", "{\"enabled\": false}");
            WholeServer.Answer off =
                    server.send(admin, "POST", "/api/v1/cameras/gate/findings", null);
            assertThat(off.status()).isEqualTo(409);
            assertThat(off.json().get("code").stringValue()).isEqualTo("camera.off");
            assertThat(server.send(admin, "DELETE", "/api/v1/cameras/gate", null).status())
                    .isEqualTo(204);
            assertThat(server.get(admin, "/api/v1/cameras/gate/findings").status()).isEqualTo(404);
        }
    }

    @Test
    void whenTheNightlyExaminationComesIsASetting() throws Exception {
        assertThat(ok("GET", "/api/v1/settings", "").get("nightlyCheck").stringValue())
                .isEqualTo("03:00");
        assertThat(ok("GET", "/api/v1/findings", "").get("nextAt").stringValue())
                .endsWith("T20:00:00Z"); // Asia/Jakarta

        ok(
                "PATCH",
                "/api/v1/settings",
                "{\"nightlyCheck\": \"04:30\", \"zone\": \"Asia/Jayapura\"}");
        assertThat(ok("GET", "/api/v1/findings", "").get("nextAt").stringValue())
                .endsWith("T19:30:00Z");

        ok("PATCH", "/api/v1/settings", "{\"nightlyCheck\": \"off\"}");
        assertThat(ok("GET", "/api/v1/findings", "").has("nextAt")).isFalse();

        WholeServer.Answer wrong =
                server.send(admin, "PATCH", "/api/v1/settings", "{\"nightlyCheck\": \"25:00\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/fieldErrors/0/field").stringValue()).isEqualTo("nightlyCheck");
    }
}
