package id.pantau.server.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.vision.detect.DescriptorFile;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a model in a process that does nothing else: a file that is made to break the runtime
/// breaks that, and the recorder goes on.
///
/// @param program a JVM and what makes it take a model and a place for its descriptor as its last
///   arguments, write the descriptor or fail with a sentence on its error output
/// @param classPath null where the program names its jar. Not on the command line: ONNX Runtime
///   1.29 reads that with a regular expression, and overflows its stack where it is long
/// @param limit after which it is ended
public record CheckProcess(List<String> program, @Nullable String classPath, Duration limit)
        implements ModelChecker {
    /// What the sentence begins with; the runtime itself writes to the error output, too.
    public static final String SAYS = "pantau: ";

    private static final int MOST_TEXT_BYTES = 64 << 10;

    public CheckProcess {
        program = List.copyOf(program);
    }

    @Override
    public ModelDescriptor check(Path file) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("pantau-model-");
            try {
                return check(file, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new ModelsException(
                    ModelsException.Reason.STORAGE,
                    "The model cannot be tried out: " + e.getMessage(),
                    e);
        }
    }

    /// @param folder for the process alone: the runtime unpacks itself there, and leaves that
    ///   behind when it dies
    private ModelDescriptor check(Path file, Path folder) throws IOException, InterruptedException {
        Path descriptor = folder.resolve("model.json");
        Path errors = folder.resolve("errors.txt");
        var command = new ArrayList<>(program);
        command.add(1, "-Djava.io.tmpdir=" + folder);
        command.add(file.toAbsolutePath().toString());
        command.add(descriptor.toString());
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile());
        if (classPath != null) {
            builder.environment().put("CLASSPATH", classPath);
        }
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unusable("it does not answer within %d s".formatted(limit.toSeconds()));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0 || !Files.exists(descriptor)) {
            throw unusable(reason(errors, process.exitValue()));
        }
        try {
            return DescriptorFile.read(descriptor, file);
        } catch (ModelException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /// Its last words, else how it died.
    private static String reason(Path errors, int exitValue) throws IOException {
        try (InputStream text = Files.newInputStream(errors)) {
            return new String(text.readNBytes(MOST_TEXT_BYTES), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(SAYS))
                    .map(line -> line.substring(SAYS.length()))
                    .findFirst()
                    .orElse("the model breaks the runtime (exit status %d)".formatted(exitValue));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static ModelsException unusable(String why) {
        return new ModelsException(ModelsException.Reason.UNUSABLE, why);
    }
}
