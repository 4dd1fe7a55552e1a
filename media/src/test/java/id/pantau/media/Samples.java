package id.pantau.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The folder of captured camera traffic, which is not part of the repository: tests that need it
/// skip themselves where it is absent.
public final class Samples {
    private static final JsonMapper JSON = new JsonMapper();

    private Samples() {}

    /// @param name below the folder of samples
    public static Path folder(String name) {
        String set = System.getenv("PANTAU_TEST_SAMPLES");
        Path samples =
                set != null
                        ? Path.of(set)
                        : Path.of(System.getProperty("pantau.root", ".."), "../shared/samples");
        Path folder = samples.resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "no samples at %s; set PANTAU_TEST_SAMPLES".formatted(folder));
        return folder;
    }

    /// The files of a folder with that ending, by name.
    public static List<Path> list(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    public static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /// One JSON object a line.
    public static List<JsonNode> jsonLines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .toList();
    }

    /// The byte arguments of every case of a fuzz corpus.
    public static List<byte[]> corpus(String name) throws IOException {
        return jsonLines(folder("rtsp/fuzz").resolve(name)).stream()
                .flatMap(one -> one.get("args").valueStream())
                .filter(argument -> argument.has("b64"))
                .map(argument -> Base64.getDecoder().decode(argument.get("b64").asString()))
                .toList();
    }
}
