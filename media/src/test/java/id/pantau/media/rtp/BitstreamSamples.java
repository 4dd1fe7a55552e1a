package id.pantau.media.rtp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The folder of real bitstreams and captures, where there is one: `PANTAU_TEST_SAMPLES`, or
/// `../shared/samples` beside the repository.
public final class BitstreamSamples {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BitstreamSamples() {}

    /// Skips the test where the samples are not there.
    public static Path folder() {
        String root = System.getProperty("pantau.root", "..");
        Path samples =
                Optional.ofNullable(System.getenv("PANTAU_TEST_SAMPLES"))
                        .map(Path::of)
                        .orElse(Path.of(root, "..", "shared", "samples"));
        Path folder = samples.resolve("rtp-bitstreams");
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no samples at " + folder + "; set PANTAU_TEST_SAMPLES");
        return folder;
    }

    public static ByteBuffer read(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(folder().resolve(name)));
    }

    public static JsonNode expectation(Path sample) throws IOException {
        String name = sample.getFileName().toString();
        Path json =
                sample.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expected.json");
        return JSON.readTree(Files.readString(json));
    }

    public static List<JsonNode> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).map(JSON::readTree).toList();
        }
    }

    public static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /// The inputs other projects' fuzzers kept.
    ///
    /// @param corpora parts of file names
    public static List<byte[]> fuzz(String... corpora) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (Path file : files("fuzz", ".jsonl")) {
            for (String corpus : corpora) {
                if (file.getFileName().toString().contains(corpus)) {
                    for (JsonNode line : lines(file)) {
                        for (JsonNode arg : line.get("args")) {
                            if (arg.has("b64")) {
                                inputs.add(Base64.getDecoder().decode(arg.get("b64").asString()));
                            }
                        }
                    }
                }
            }
        }
        return inputs;
    }
}
