package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.event.Events;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.health.Condition;
import id.pantau.vision.worker.AnalysisMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Settings of the analysis, what it sees, and what becomes of that, through the whole server with
/// its worker; only the camera is a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalysisOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private WholeServer server;
    private String admin;

    /// `rtsp://192.0.2.1/clip.mp4` plays that clip of the samples, any other path a golden one.
    private static final StreamOpener FILES =
            (source, _, _) -> {
                String name = source.url().getPath().substring(1);
                return OpenedStream.of(
                        new FilePlayer(
                                name.endsWith(".mp4")
                                        ? Samples.folder("video").resolve(name)
                                        : GoldenMedia.valueOf(name).path()));
            };

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home.resolve("home"), FILES);
        admin = server.adminToken();
        server.addCamera(admin, "settings", "rtsp://192.0.2.1/H264_AAC");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode vision(String camera) throws Exception {
        return server.get(admin, "/api/v1/cameras/" + camera).json().get("vision");
    }

    @Test
    void settingsAreKeptAndChangedInParts() throws Exception {
        var changed =
                server.send(
                        admin,
                        "PATCH",
                        "/api/v1/cameras/settings",
                        """
                        {"vision": {"sensitivity": 70, "priority": "high", "scores": {"car": 0.6},
                          "classes": ["car", "unknown"],
                          "lines": [{"id": "l1", "name": "Gerbang", "a": [0, 0.5], "b": [1, 0.5]}],
                          "zones": [{"id": "z1", "name": "Halaman", "dwellS": 30,
                                     "points": [[0, 0], [0.5, 0], [0.5, 0.5]]}],
                          "hidden": [[[0.8, 0.8], [1, 0.8], [1, 1]]]}}
                        """);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);

        server.send(
                admin, "PATCH", "/api/v1/cameras/settings", "{\"vision\": {\"leastScore\": 0.3}}");

        JsonNode vision = vision("settings");
        assertThat(vision.get("enabled").booleanValue()).isFalse();
        assertThat(vision.get("sensitivity").intValue()).isEqualTo(70);
        assertThat(vision.get("priority").stringValue()).isEqualTo("high");
        assertThat(vision.get("leastScore").doubleValue()).isEqualTo(0.3);
        assertThat(vision.get("scores").get("car").doubleValue()).isEqualTo(0.6);
        assertThat(vision.get("lines").get(0).get("b").toString()).isEqualTo("[1.0,0.5]");
        assertThat(vision.get("zones").get(0).get("dwellS").intValue()).isEqualTo(30);
        assertThat(vision.get("hidden").get(0).size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"zones": [{"id":"z","name":"Z","points":[[0,0],[1,1],[1,0],[0,1]]}]} | vision.zones[0].points | cross each other      | camera.visionArea
                    {"ignored": [[[0,0],[0.5,0.5],[1,1]]]}                               | vision.ignored[0]      | no area               | camera.visionArea
                    {"hidden": [[[0,0],[2,0],[1,1]]]}                                    | vision.hidden[0]       | outside the picture   | camera.visionArea
                    {"lines": [{"id":"l","name":"L","a":[0.5,0.5],"b":[0.5,0.5]}]}         | vision.lines[0]        | begins where it ends  | camera.visionLineTooShort
                    {"lines": [{"id":"A B","name":"L","a":[0,0.5],"b":[0.5,0.5]}]}         | vision.lines[0].id     | lower-case            | camera.visionIdInvalid
                    {"sensitivity": 0}                                                  | vision.sensitivity     | 1 to 100              | camera.visionSensitivity
                    {"classes": ["unicorn"]}                                            | vision.classes         | no class unicorn      | camera.visionClass
                    {"leastScore": 7}                                                   | vision.leastScore      | between               | camera.visionScore
                    {"priority": "urgent"}                                              | vision.priority        | high, normal or low   | camera.visionPriority
                    {"enabled": "yes"}                                                  | vision.enabled         | true or false         | request.notBoolean
                    {"watched": [[[0,0],["x",0],[1,1]]]}                                 | vision.watched[0]      | number                | request.notNumber
                    """)
    void whatCannotBeIsRefusedWithPlaceAndReason(
            String vision, String field, String reason, String code) throws Exception {
        var answer =
                server.send(
                        admin,
                        "PATCH",
                        "/api/v1/cameras/settings",
                        "{\"vision\": %s}".formatted(vision));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonNode error = answer.json().get("fieldErrors").get(0);
        assertThat(error.get("field").stringValue()).isEqualTo(field);
        assertThat(error.get("message").stringValue()).contains(reason);
        assertThat(error.get("code").stringValue()).isEqualTo(code);
    }

    @Test
    void eventsAndCountsSayHowGoodThePicturesWere() throws Exception {
        server.addCamera(admin, "night", "rtsp://192.0.2.1/H264_AAC");
        String crossings =
                "/api/v1/cameras/night/crossings?from=2026-03-01T06:30:00Z&until=2026-03-01T07:00:00Z";
        assertThat(server.get(admin, crossings).json().has("quality")).isFalse();
        Events events = server.server().bean(Events.class);
        Camera camera = server.server().bean(Cameras.class).get(new CameraId("night"));
        Instant begin = Instant.parse("2026-03-01T06:00:00Z");
        var told = new CopyOnWriteArrayList<String>();
        WebSocket socket = server.webSocket(admin, "/api/v1/live/events", new Texts(told));
        socket.sendText("ping", true).join();
        Eventually.await("facts are told", () -> told.contains("pong"));
        events.healthChanged(
                camera,
                new AnalysisMessage.HealthChanged(Condition.MOVED, true, begin.plusSeconds(30)));
        for (int n = 0; n < 4; n++) {
            Instant minute = begin.plusSeconds(60L * n);
            events.minuteEnded(camera, new AnalysisMessage.Quality(minute, n == 0, false, n > 0));
        }
        Eventually.await(
                "its minute is told",
                () ->
                        facts(told, "event.changed")
                                .anyMatch(fact -> fact.path("event").has("quality")));
        socket.abort();
        assertThat(facts(told, "event.began"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.get("event").has("quality")).isFalse());
        assertThat(facts(told, "event.changed"))
                .singleElement()
                .satisfies(fact ->
                        assertThat(fact.get("event").get("quality").toString())
                                .isEqualTo("[\"dark\"]"));

        Eventually.await("its minute", () -> events("night", "moved").path(0).has("quality"));
        JsonNode event = events("night", "moved").get(0);
        assertThat(event.get("quality").toString()).isEqualTo("[\"dark\"]");
        String one = "/api/v1/events/" + event.get("id").stringValue();
        assertThat(server.get(admin, one).json().get("event").get("quality").toString())
                .isEqualTo("[\"dark\"]");
        Eventually.await("all minutes", () -> quality(crossings).get("minutes").asInt() == 4);
        JsonNode quality = quality(crossings);
        assertThat(quality.get("dark").doubleValue()).isEqualTo(0.25);
        assertThat(quality.get("blurred").doubleValue()).isZero();
        assertThat(quality.get("rainLike").doubleValue()).isEqualTo(0.75);
    }

    @Test
    void aStillPictureIsTheCamerasWithHiddenPartsBlack() throws Exception {
        server.addCamera(admin, "still", "rtsp://192.0.2.1/H264_AAC");
        var answer = server.get(admin, "/api/v1/cameras/still/snapshot.jpg?width=160");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var picture = ImageIO.read(new ByteArrayInputStream(answer.response().body()));
        assertThat(picture.getWidth()).isEqualTo(160);

        server.send(
                admin,
                "PATCH",
                "/api/v1/cameras/still",
                "{\"vision\": {\"hidden\": [[[0,0],[1,0],[1,1],[0,1]]]}}");
        var hidden = server.get(admin, "/api/v1/cameras/still/snapshot.jpg?width=160");
        var black = ImageIO.read(new ByteArrayInputStream(hidden.response().body()));
        for (int x = 0; x < 160; x += 16) {
            assertThat(black.getRGB(x, black.getHeight() / 2) & 0xff).isLessThan(8);
        }

        assertThat(server.get(admin, "/api/v1/cameras/still/snapshot.jpg?width=9").status())
                .isEqualTo(400);
        assertThat(server.get(admin, "/api/v1/cameras/still/snapshot.jpg?stream=sub").status())
                .isEqualTo(503);
    }

    @Test
    void whoWalksByBecomesAnEventWithAPictureAndIsToldLive() throws Exception {
        Path clip = Samples.folder("video").resolve("one-by-one-person-detection.mp4");
        Assumptions.assumeTrue(Files.exists(clip), "needs " + clip);
        server.addCamera(admin, "walk", "rtsp://192.0.2.1/" + clip.getFileName());
        server.send(
                admin,
                "PATCH",
                "/api/v1/cameras/walk",
                """
                {"vision": {"enabled": true, "lines": [
                  {"id": "exit", "name": "Keluar", "a": [0.78, 0], "b": [0.78, 1]}]}}
                """);
        var told = new CopyOnWriteArrayList<String>();
        WebSocket socket =
                server.webSocket(admin, "/api/v1/cameras/walk/live/objects", new Texts(told));
        try {
            Eventually.await("an object", SOON, () -> events("walk", "object").size() > 0);
            Eventually.await(
                    "its picture",
                    SOON,
                    () -> events("walk", "object").get(0).get("hasSnapshot").booleanValue());
            JsonNode event = events("walk", "object").get(0);
            assertThat(event.get("label").stringValue()).isEqualTo("unknown");
            String id = event.get("id").stringValue();
            var snapshot = server.get(admin, "/api/v1/events/%s/snapshot.jpg".formatted(id));
            var picture = ImageIO.read(new ByteArrayInputStream(snapshot.response().body()));
            assertThat(picture.getWidth()).isEqualTo(768);
            assertThat(server.get(admin, "/api/v1/events/" + id).json().get("path").size())
                    .isPositive();

            assertThat(told.getFirst()).contains("\"type\":\"scene\"").contains("Keluar");
            assertThat(told).anyMatch(text -> text.contains("\"type\":\"seen\""));
            assertThat(told).anyMatch(text -> text.contains("\"label\":\"unknown\""));

            JsonNode state =
                    server.get(admin, "/api/v1/cameras/walk").json().get("state").get("vision");
            assertThat(state.get("phase").stringValue()).isEqualTo("analysing");
            assertThat(state.get("detail").stringValue()).contains("no model");

            server.send(
                    admin, "PATCH", "/api/v1/cameras/walk", "{\"vision\": {\"enabled\": false}}");
            Eventually.await("its end", SOON, () -> events("walk", "object").get(0).has("end"));
        } finally {
            socket.abort();
        }
    }

    private JsonNode events(String camera, String type) {
        String path = "/api/v1/events?camera=%s&type=%s".formatted(camera, type);
        try {
            return server.get(admin, path).json().get("events");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    /// Those of the camera `night` and one type.
    private static Stream<JsonNode> facts(List<String> told, String type) {
        return told.stream()
                .filter(text -> !text.equals("pong"))
                .map(WholeServer.JSON::readTree)
                .filter(fact -> fact.path("type").asString().equals(type))
                .filter(fact -> fact.path("event").path("camera").asString().equals("night"));
    }

    private JsonNode quality(String crossings) {
        try {
            return server.get(admin, crossings).json().get("quality");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(crossings, e);
        }
    }

    private record Texts(List<String> told) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            told.add(data.toString());
            from.request(1);
            return null;
        }
    }
}
