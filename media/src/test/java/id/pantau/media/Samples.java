package id.pantau.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The folder of captured camera traffic and media, which is not part of the repository: tests that
/// need it skip themselves where it is absent. Every file is read through here, so that
/// [SampleAuditTest] can tell which one no test has looked at.
public final class Samples {
    private static final JsonMapper JSON = new JsonMapper();

    /// Below the folder of samples, with `/`; of the whole run, whichever test it was.
    private static final Set<String> READ = ConcurrentHashMap.newKeySet();

    private Samples() {}

    /// @param name below the folder of samples
    public static Path folder(String name) {
        Path folder = root().resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "no samples at %s; set PANTAU_TEST_SAMPLES".formatted(folder));
        return folder;
    }

    public static boolean present() {
        return Files.isDirectory(root());
    }

    private static Path root() {
        String set = System.getenv("PANTAU_TEST_SAMPLES");
        return set != null
                ? Path.of(set)
                : Path.of(System.getProperty("pantau.root", ".."), "../shared/samples");
    }

    /// The files of a folder with that ending, by name.
    public static List<Path> list(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    public static byte[] bytes(Path file) throws IOException {
        Path root = root();
        if (file.startsWith(root)) {
            READ.add(root.relativize(file).toString().replace('\\', '/'));
        }
        return Files.readAllBytes(file);
    }

    /// For damage to begin from, which says nothing of whether the file itself is read rightly.
    public static byte[] seed(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    public static ByteBuffer buffer(Path file) throws IOException {
        return ByteBuffer.wrap(bytes(file));
    }

    public static String text(Path file) throws IOException {
        return new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }

    public static JsonNode json(Path file) throws IOException {
        return JSON.readTree(text(file));
    }

    /// One JSON object a line.
    public static List<JsonNode> jsonLines(Path file) throws IOException {
        return text(file).lines().filter(line -> !line.isBlank()).map(JSON::readTree).toList();
    }

    /// `name.expected.json` beside `name.*`.
    public static Path expectation(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expected.json");
    }

    /// The byte arguments of every case of a fuzz corpus.
    public static List<byte[]> corpus(Path file) throws IOException {
        return jsonLines(file).stream()
                .flatMap(one -> one.get("args").valueStream())
                .filter(argument -> argument.has("b64"))
                .map(argument -> Base64.getDecoder().decode(argument.get("b64").asString()))
                .toList();
    }

    /// The inputs of every corpus in a folder.
    public static List<byte[]> corpora(String folder) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (Path file : list(folder, ".jsonl")) {
            inputs.addAll(corpus(file));
        }
        return inputs;
    }

    static Set<String> read() {
        return Set.copyOf(READ);
    }
}
