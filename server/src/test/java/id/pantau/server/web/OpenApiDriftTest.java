package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.app.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The committed API document is the one the server generates. `./pantau test --golden` rewrites
/// it.
class OpenApiDriftTest {
    @Test
    void theCommittedDocumentIsTheGeneratedOne() throws IOException {
        Path committed =
                Path.of(
                        System.getProperty("pantau.root", ".."),
                        "docs",
                        "reference",
                        "openapi.json");
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Client.Answer answer = Client.of(TestServer.shared()).get("/api/openapi.json");
        String generated = json.writeValueAsString(answer.json()) + "\n";

        if (Boolean.getBoolean("pantau.golden")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, generated);
        }

        assertThat(Files.readString(committed))
                .as(
                        "docs/reference/openapi.json; rewrite it with ./pantau test --golden and read the difference")
                .isEqualTo(generated);
    }
}
