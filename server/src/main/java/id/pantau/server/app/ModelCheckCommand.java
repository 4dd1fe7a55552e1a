package id.pantau.server.app;

import id.pantau.server.models.CheckProcess;
import id.pantau.vision.detect.DescriptorFile;
import id.pantau.vision.detect.ModelCheck;
import id.pantau.vision.detect.ModelException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pantau model-check ONNX JSON`: what the server starts to try a model out. Not for people.
@Command(
        name = ModelCheckCommand.NAME,
        hidden = true,
        description = "The server's child process that tries a model out.")
final class ModelCheckCommand implements Callable<Integer> {
    static final String NAME = "model-check";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameters(index = "0", paramLabel = "ONNX", description = "The model.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "JSON", description = "Where what it is is written.")
    private Path descriptor = Path.of("");

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /// This program again; a crash leaves nothing behind.
    static CheckProcess process() {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+SuppressFatalErrorMessage",
                        "--enable-native-access=ALL-UNNAMED"));
        String classPath = System.getProperty("java.class.path");
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        line.addAll(isJar ? List.of("-jar", classPath) : List.of(Pantau.class.getName()));
        line.add(NAME);
        return new CheckProcess(line, isJar ? null : classPath, LIMIT);
    }

    @Override
    public Integer call() throws IOException {
        try {
            Files.writeString(descriptor, DescriptorFile.write(ModelCheck.run(file)));
            return ExitCode.OK;
        } catch (ModelException e) {
            spec.commandLine().getErr().println(CheckProcess.SAYS + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
