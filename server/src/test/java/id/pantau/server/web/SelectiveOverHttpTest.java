package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectiveOverHttpTest {
    private static final String CAMERA = "/api/v1/cameras/gate";

    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home);
        admin = server.adminToken();
        var added =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "gate", "name": "Gate", "main": {"url": "publish://"},
                         "recording": {"mode": "motion", "preRollMs": 7000}}
                        """);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode recording(String change) throws Exception {
        var changed = server.send(admin, "PATCH", CAMERA, "{\"recording\": %s}".formatted(change));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        return changed.json().get("recording");
    }

    @Test
    void theSettingsOfAModeAreReadAndWhatIsAbsentStays() throws Exception {
        String day = "X".repeat(16) + "M".repeat(20) + ".".repeat(12);
        String week = "[" + "\"%s\",".formatted(day).repeat(6) + "\"%s\"]".formatted(day);
        JsonNode changed =
                recording(
                        "{\"mode\": \"object\", \"postRollMs\": 30000, \"week\": %s}"
                                .formatted(week));
        assertThat(changed.get("mode").stringValue()).isEqualTo("object");
        assertThat(changed.get("preRollMs").longValue()).isEqualTo(7000);
        assertThat(changed.get("postRollMs").longValue()).isEqualTo(30_000);
        assertThat(changed.get("mergeMs").longValue()).isEqualTo(5000);
        assertThat(changed.get("week")).hasSize(7);
        assertThat(changed.get("week").get(6).stringValue()).isEqualTo(day);
        assertThat(recording("{\"week\": null}").has("week")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\": \"sometimes\"}",
                "{\"preRollMs\": 60001}",
                "{\"postRollMs\": -1}",
                "{\"mergeMs\": \"5\"}",
                "{\"week\": [\"X\"]}",
                "{\"week\": \"X\"}",
                "{\"week\": [1, 2, 3, 4, 5, 6, 7]}"
            })
    void whatMakesNoSenseIsRefusedByName(String change) throws Exception {
        var refused = server.send(admin, "PATCH", CAMERA, "{\"recording\": %s}".formatted(change));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("recording.");
    }

    @Test
    void aRecordingIsAskedForAndEnded() throws Exception {
        String trigger = CAMERA + "/recording/trigger";
        var asked = server.send(admin, "POST", trigger, "{\"seconds\": 30, \"note\": \"door\"}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.json().get("until").stringValue()).endsWith("Z");
        assertThat(server.send(admin, "DELETE", trigger, null).status()).isEqualTo(204);
        assertThat(server.send(admin, "POST", trigger, "{\"seconds\": 0}").status()).isEqualTo(400);
        assertThat(server.send(admin, "POST", trigger, "{\"seconds\": 3601}").status())
                .isEqualTo(400);
    }

    @Test
    void aCameraThatIsSwitchedOffCannotBeAsked() throws Exception {
        server.send(
                admin,
                "POST",
                "/api/v1/cameras",
                """
                {"id": "off", "name": "Off", "enabled": false, "main": {"url": "publish://"}}
                """);
        var refused = server.send(admin, "POST", "/api/v1/cameras/off/recording/trigger", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").stringValue()).isEqualTo("camera.off");
    }

    @Test
    void theReportNamesItsSettingsAndIsEmptyWhereNothingCame() throws Exception {
        String path = "/api/v1/reports/selective?from=2026-11-01&until=2026-11-07";
        JsonNode report = server.get(admin, path + "&camera=gate").json();
        assertThat(report.get("zone").stringValue()).isEqualTo("Asia/Jakarta");
        assertThat(report.get("days")).isEmpty();
        assertThat(report.get("settings").get(0).get("camera").stringValue()).isEqualTo("gate");
        assertThat(server.get(admin, path + "&camera=nobody").status()).isEqualTo(404);
        assertThat(
                        server.get(
                                        admin,
                                        "/api/v1/reports/selective?from=2026-01-01&until=2026-11-07")
                                .status())
                .isEqualTo(400);
    }
}
