package id.pantau.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The folder of captured media that tests read where it is there: `PANTAU_TEST_SAMPLES`, else
/// `../shared/samples` beside the checkout.
public final class SampleFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SampleFolder() {}

    /// Skips the test, saying why, where the folder is absent.
    public static Path of(String name) {
        String named = System.getenv("PANTAU_TEST_SAMPLES");
        Path root =
                named != null
                        ? Path.of(named)
                        : Path.of(System.getProperty("pantau.root", "."))
                                .resolve("../shared/samples");
        Path folder = root.resolve(name);
        assumeTrue(Files.isDirectory(folder), "no sample folder at " + folder);
        return folder;
    }

    /// Files whose name ends so, by name.
    public static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    public static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /// The first argument of every line of a fuzz corpus.
    public static List<byte[]> corpus(Path file) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            for (JsonNode argument : JSON.readTree(line).get("args")) {
                if (argument.has("b64")) {
                    inputs.add(Base64.getDecoder().decode(argument.get("b64").asString()));
                }
            }
        }
        return inputs;
    }
}
