package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.testkit.Eventually;
import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// ONVIF through the whole server, against a simulated camera.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnvifOverHttpTest {
    private static final String PASSWORD = "rahasia-kamera";
    private static final OnvifScript CAMERA =
            OnvifScript.camera("pantau", PASSWORD)
                    .withClockOffset(Duration.ofHours(-7))
                    .playing(
                            URI.create("rtsp://pantau:geheim@0.0.0.0:554/main"),
                            URI.create("rtsp://127.0.0.1:554/sub"));

    private WholeServer server;
    private String admin;
    private OnvifSimulator camera;

    @BeforeAll
    void start(@TempDir Path home) {
        server = new WholeServer(home);
        admin = server.adminToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void startCamera() throws Exception {
        camera = OnvifSimulator.start(CAMERA);
        WholeServer.Answer added =
                send(
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "dome", "name": "Dome", "main": {"url": "rtsp://192.0.2.1/main"},
                         "username": "pantau", "password": "%s", "onvif": {"address": "%s"}}
                        """
                                .formatted(PASSWORD, camera.address()));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    @AfterEach
    void stopCamera() throws Exception {
        send("DELETE", "/api/v1/cameras/dome", null);
        camera.close();
    }

    private WholeServer.Answer send(String method, String path, @Nullable String body)
            throws Exception {
        return server.send(admin, method, path, body);
    }

    private WholeServer.Answer ptz(String action, String body) throws Exception {
        return send("POST", "/api/v1/cameras/dome/ptz/" + action, body);
    }

    private static String code(WholeServer.Answer answer) {
        return answer.status() + " " + answer.json().path("code").asString("");
    }

    @Test
    void profilesComeWithoutCredentialsAndWithTheClockOffset() throws Exception {
        WholeServer.Answer answer =
                send(
                        "POST",
                        "/api/v1/onvif/profiles",
                        """
                        {"address": "%s", "username": "pantau", "password": "%s"}\
                        """
                                .formatted(camera.address(), PASSWORD));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(PASSWORD).doesNotContain("geheim");
        JsonNode json = answer.json();
        assertThat(json.at("/device/model").stringValue()).isEqualTo("Simulated Dome");
        assertThat(json.at("/profiles/0/url").stringValue()).isEqualTo("rtsp://127.0.0.1:554/main");
        assertThat(json.at("/profiles/0/video/codec").stringValue()).isEqualTo("H265");
        assertThat(json.at("/clockOffsetMs").longValue()).isBetween(-25_203_000L, -25_197_000L);
        assertThat(json.get("findings").valueStream().map(one -> one.get("code").stringValue()))
                .contains("onvif.streamRewritten", "onvif.clockOffset");
    }

    @Test
    void aWrongPasswordAndAWrongAddressSayWhatTheyAre() throws Exception {
        String wrong =
                """
                {"address": "%s", "username": "pantau", "password": "salah"}\
                """
                        .formatted(camera.address());
        assertThat(code(send("POST", "/api/v1/onvif/profiles", wrong)))
                .isEqualTo("422 onvif.notAuthorised");
        assertThat(code(send("POST", "/api/v1/onvif/profiles", "{\"address\": \"a b\"}")))
                .isEqualTo("400 request.invalid");
        assertThat(
                        code(
                                send(
                                        "POST",
                                        "/api/v1/onvif/profiles",
                                        "{\"address\": \"169.254.169.254\"}")))
                .isEqualTo("400 onvif.addressRefused");
        String ourselves = "{\"address\": \"127.0.0.1:%d\"}".formatted(server.server().port());
        assertThat(code(send("POST", "/api/v1/onvif/profiles", ourselves)))
                .isEqualTo("400 onvif.addressRefused");
    }

    @Test
    void aSearchListsWhatAnswersAndRefusesHostsThatAreNone() throws Exception {
        WholeServer.Answer found = send("POST", "/api/v1/onvif/discover", "{}");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json().isArray()).isTrue();
        if (camera.inMulticastGroup()) {
            assertThat(found.body()).contains(camera.endpoint());
        }
        for (String hosts : List.of("[\"10.0.0.0/8\"]", "[\"a b\"]", "[\"http://10.0.0.1/\"]")) {
            assertThat(code(send("POST", "/api/v1/onvif/discover", "{\"hosts\": " + hosts + "}")))
                    .isEqualTo("400 request.invalid");
        }
    }

    @Test
    void theCameraMovesStopsAndRemembersPositions() throws Exception {
        JsonNode facts = server.get(admin, "/api/v1/cameras/dome/ptz").json();
        assertThat(facts.get("supported").booleanValue()).as(facts.toString()).isTrue();
        assertThat(facts.get("maxPresets").intValue()).isEqualTo(64);

        assertThat(ptz("move", "{\"pan\": 0.5, \"timeoutMs\": 60000}").status()).isEqualTo(204);
        Eventually.await("it moves", () -> camera.pan() > 0.01);
        assertThat(ptz("stop", "{}").status()).isEqualTo(204);
        assertThat(camera.moving()).isFalse();
        assertThat(ptz("move", "{\"mode\": \"absolute\", \"pan\": -0.5, \"zoom\": 0.5}").status())
                .isEqualTo(204);
        assertThat(camera.zoom()).isEqualTo(0.5);
        WholeServer.Answer made = ptz("presets", "{\"name\": \" Gerbang \"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(ptz("goto", "{\"home\": true}").status()).isEqualTo(204);
        assertThat(camera.pan()).isZero();
        String token = made.json().get("token").stringValue();
        assertThat(ptz("goto", "{\"preset\": \"%s\"}".formatted(token)).status()).isEqualTo(204);
        assertThat(camera.pan()).isEqualTo(-0.5);
        assertThat(camera.presets()).containsEntry(token, "Gerbang");

        assertThat(ptz("patrol", "{\"action\": \"start\"}").status()).isEqualTo(204);
        assertThat(patrolling()).isTrue();
        assertThat(ptz("move", "{\"mode\": \"relative\", \"tilt\": 0.1}").status()).isEqualTo(204);
        assertThat(patrolling()).as("moved by hand").isFalse();

        assertThat(send("DELETE", "/api/v1/cameras/dome/ptz/presets/" + token, null).status())
                .isEqualTo(204);
        assertThat(camera.presets()).isEmpty();
        assertThat(code(ptz("goto", "{\"preset\": \"%s\"}".formatted(token))))
                .isEqualTo("422 onvif.refused");
        assertThat(code(ptz("patrol", "{\"action\": \"start\"}"))).isEqualTo("400 request.invalid");
        assertThat(code(ptz("move", "{\"pan\": 7}"))).isEqualTo("400 request.invalid");
        assertThat(code(ptz("move", "{\"timeoutMs\": 1}"))).isEqualTo("400 request.invalid");
        assertThat(code(ptz("presets", "{\"name\": \"\"}"))).isEqualTo("400 request.invalid");
        assertThat(code(ptz("goto", "{}"))).isEqualTo("400 request.invalid");
    }

    private boolean patrolling() throws Exception {
        return server.get(admin, "/api/v1/cameras/dome/ptz")
                .json()
                .get("patrolling")
                .booleanValue();
    }

    @Test
    void thePictureIsSetAndTheCameraRestarted() throws Exception {
        String path = "/api/v1/cameras/dome/imaging";
        assertThat(server.get(admin, path).json().at("/ranges/brightness/max").doubleValue())
                .isEqualTo(100);
        WholeServer.Answer set = send("PUT", path, "{\"brightness\": 80}");
        assertThat(set.json().at("/settings/brightness").doubleValue()).isEqualTo(80);
        assertThat(camera.picture()).containsEntry("Contrast", 60.0);
        assertThat(code(send("PUT", path, "{\"brightness\": 800}"))).isEqualTo("422 onvif.refused");
        assertThat(send("POST", "/api/v1/cameras/dome/reboot", null).status()).isEqualTo(200);
        assertThat(camera.reboots()).isEqualTo(1);
    }

    @Test
    void aCameraWithoutOnvifHasNoDriveAndSaysSo() throws Exception {
        send("PATCH", "/api/v1/cameras/dome", "{\"onvif\": null}");

        WholeServer.Answer facts = server.get(admin, "/api/v1/cameras/dome/ptz");
        assertThat(facts.json().get("supported").booleanValue()).isFalse();
        assertThat(code(ptz("stop", "{}"))).isEqualTo("422 onvif.notSupported");
        WholeServer.Answer wrong =
                send("PATCH", "/api/v1/cameras/dome", "{\"onvif\": {\"address\": \"ftp://x\"}}");
        assertThat(wrong.json().at("/fieldErrors/0/code").stringValue())
                .isEqualTo("camera.onvifInvalid");
        WholeServer.Answer metadata =
                send(
                        "PATCH",
                        "/api/v1/cameras/dome",
                        "{\"onvif\": {\"address\": \"169.254.169.254\"}}");
        assertThat(metadata.json().at("/fieldErrors/0/code").stringValue())
                .isEqualTo("camera.urlLinkLocal");
    }

    @Test
    void motionIsToldToBrowsersOnceForEachChange() throws Exception {
        var told = new CopyOnWriteArrayList<String>();
        WebSocket socket =
                server.webSocket(
                        admin,
                        "/api/v1/live/events",
                        new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket from, CharSequence text, boolean last) {
                                if (text.toString().contains("camera.event")) {
                                    told.add(text.toString());
                                }
                                from.request(1);
                                return null;
                            }
                        });
        Eventually.await("subscribed", () -> camera.subscriptions() == 1);
        String motion = "tns1:RuleEngine/CellMotionDetector/Motion";

        camera.fire(motion, true);
        camera.fire(motion, true);
        camera.fire("tns1:Device/tnsavg:Logs", true);
        camera.fire(motion, false);
        camera.fire("tns1:VideoSource/GlobalSceneChange/ImagingService", true);

        Eventually.await("three facts", () -> told.size() == 3);
        assertThat(told)
                .extracting(text -> WholeServer.JSON.readTree(text))
                .extracting(fact -> fact.get("kind").stringValue() + fact.get("active"))
                .containsExactly("motiontrue", "motionfalse", "tampertrue");
        socket.abort();
    }

    @Test
    void aRefusedPasswordIsNotShownAgainByPeopleWhoLook() throws Exception {
        send("PATCH", "/api/v1/cameras/dome", "{\"password\": \"salah\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(code(server.get(admin, "/api/v1/cameras/dome/ptz")))
                    .isEqualTo("422 onvif.notAuthorised");
        }
        // the events' attempt and the first question may have been on the way together
        assertThat(camera.wrongPasswords()).isBetween(1, 2);
    }
}
