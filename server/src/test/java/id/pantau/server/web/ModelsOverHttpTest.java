package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.detect.TinyModel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server without a model, to which models are brought; each is tried out in a process of its
/// own.
class ModelsOverHttpTest {
    private static final String DESCRIBED =
            "{\"family\": \"yolov8\", \"labels\": [\"car\", \"bus\"], \"licence\": \"MIT\"}";

    @TempDir private Path home;
    private final HttpClient http = HttpClient.newHttpClient();
    private WholeServer server;
    private String admin;

    @BeforeEach
    void start() {
        server = new WholeServer(home);
        admin = server.adminToken();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private static byte[] yolov8() throws IOException {
        Path file = Files.createTempFile("tiny", ".onnx");
        try {
            new TinyModel(1, 3, 64, 64).output("output0", new float[6 * 9], 1, 6, 9).write(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private HttpResponse<String> bring(byte[] body, String name, String descriptor)
            throws Exception {
        String address =
                "http://localhost:%d/api/v1/models/import?name=%s&descriptor=%s"
                        .formatted(server.server().port(), encoded(name), encoded(descriptor));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address))
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode models() throws Exception {
        return server.get(admin, "/api/v1/models").json();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(home.resolve("models"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatCanBeFetchedIsListedWithItsLicence() throws Exception {
        JsonNode models = models();
        assertThat(models)
                .extracting(one -> one.get("id").asString())
                .contains("yolox-nano", "yunet", "lpd-yunet")
                .doesNotContain("nanodet-plus-m"); // nobody has said under which licence
        JsonNode first = models.get(0);
        assertThat(first.get("state").asString()).isEqualTo("available");
        assertThat(first.get("licence").asString()).isEqualTo("Apache-2.0");
        assertThat(first.get("source").asString()).startsWith("https://");
        assertThat(first.get("checksum").asString()).isEqualTo("unknown");
        assertThat(models).noneMatch(one -> one.get("inUse").asBoolean());
    }

    @Test
    void aModelIsBroughtUsedAndRemoved() throws Exception {
        HttpResponse<String> answer = bring(yolov8(), "mine.onnx", DESCRIBED);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(files()).containsExactly("mine.json", "mine.onnx");
        JsonNode mine = models().get(0);
        assertThat(mine.get("id").asString()).isEqualTo("mine");
        assertThat(mine.get("state").asString()).isEqualTo("installed");
        assertThat(mine.get("inUse").asBoolean()).isTrue();
        assertThat(mine.get("widthPx").asInt()).isEqualTo(64);
        assertThat(mine.get("labels").get(1).asString()).isEqualTo("bus");
        assertThat(mine.get("licence").asString()).isEqualTo("MIT");
        assertThat(mine.get("removable").asBoolean()).isTrue();

        HttpResponse<String> again = bring(yolov8(), "mine.onnx", DESCRIBED);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("model.exists");

        assertThat(server.send(admin, "DELETE", "/api/v1/models/mine", null).status())
                .isEqualTo(204);
        assertThat(files()).isEmpty();
        assertThat(server.send(admin, "DELETE", "/api/v1/models/mine", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoModelIsRefusedWithTheReasonAndLeavesNothing() throws Exception {
        byte[] model = yolov8();
        HttpResponse<String> cut = bring(Arrays.copyOf(model, 120), "mine.onnx", DESCRIBED);
        assertThat(cut.statusCode()).isEqualTo(422);
        assertThat(cut.body())
                .contains("model.unusable", "mine.onnx is no model that can be read")
                .doesNotContain(home.toString());
        HttpResponse<String> labels =
                bring(model, "mine.onnx", "{\"family\": \"yolov8\", \"labels\": [\"a\"]}");
        assertThat(labels.body()).contains("of 2 classes, but 1 labels");
        HttpResponse<String> plain = bring(model, "mine.onnx", "");
        assertThat(plain.body()).contains("put a descriptor mine.json beside it");
        for (String name : List.of("../mine.onnx", "mine.exe", ".onnx", "yolox nano.onnx")) {
            assertThat(bring(model, name, DESCRIBED).statusCode()).as(name).isEqualTo(400);
        }
        assertThat(bring(model, "yolox_nano.onnx", DESCRIBED).body())
                .contains("is the name of another model");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileByAKnownNameThatIsNotTheKnownOneIsToldApart() throws Exception {
        Files.createDirectories(home.resolve("models"));
        Files.write(home.resolve("models/yolox_nano.onnx"), new byte[] {1, 2, 3});
        JsonNode changed = models().get(0);
        assertThat(changed.get("id").asString()).isEqualTo("yolox-nano");
        assertThat(changed.get("state").asString()).isEqualTo("unusable");
        assertThat(changed.get("checksum").asString()).isEqualTo("differs");
        assertThat(changed.get("trouble").asString()).contains("no model that can be read");
        assertThat(changed.get("inUse").asBoolean()).isFalse();
    }

    @Test
    void whatIsNotInTheCatalogueCannotBeFetched() throws Exception {
        assertThat(server.send(admin, "POST", "/api/v1/models/none/pull", "{}").body())
                .contains("model.notFound");
        assertThat(server.send(admin, "POST", "/api/v1/models/nanodet-plus-m/pull", "{}").body())
                .contains("model.notOffered");
    }
}
