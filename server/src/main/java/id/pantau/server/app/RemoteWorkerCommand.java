package id.pantau.server.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.models.ModelFolders;
import id.pantau.vision.worker.RemoteModels;
import id.pantau.vision.worker.VisitingWorker;
import id.pantau.vision.worker.WorkerIdentity;
import id.pantau.vision.worker.WorkerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pantau worker`: takes analysis off a server on another machine.
@Command(
        name = "worker",
        description =
                "Analyse cameras for a server on another machine, until it is ended; prints a line for each change.",
        footer =
                "%nThe key file is shown once where a worker is added (Health, Workers). The model"
                        + " must lie here, too: in $PANTAU_MODELS, HOME/models or ../shared/models.")
final class RemoteWorkerCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8700;
    private static final long LARGEST_KEY_BYTES = 64 << 10;

    @Mixin private HomeOption home = new HomeOption();

    @Option(
            names = "--connect",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "The server and its workers' port (default: 8700).")
    private String server = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "As it was added on the server.")
    private String name = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Its key file; keep it readable for its user alone.")
    private Path key = Path.of("");

    @Option(
            names = "--capacity",
            paramLabel = "N",
            description =
                    "Cameras it takes, at most what the server allows (default: 4 for each core).")
    private int capacity = 4 * Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--hardware-decoding",
            description = "Let devices of this machine decode, where FFmpeg finds some.")
    private boolean hardware;

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (capacity < 1 || capacity > 256) {
            throw wrong("--capacity is 1 to 256, not " + capacity);
        }
        int colon = server.startsWith("[") ? server.indexOf("]:") + 1 : server.lastIndexOf(':');
        String host = (colon > 0 ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", "");
        int port = colon > 0 ? port(server.substring(colon + 1)) : USUAL_PORT;
        if (host.isBlank()) {
            throw wrong("--connect names no host: \"" + server + "\"");
        }
        WorkerIdentity identity = identity();
        var settings = new VisitingWorker.Settings(host, port, capacity, identity);
        var folders =
                ModelFolders.of(
                        home.settings().home().path(), System.getenv(ModelFolders.VARIABLE));
        PrintWriter out = spec.commandLine().getOut();
        var random = RandomGenerator.getDefault();
        try (var process = new WorkerProcess(VisionWorkerCommand.line(hardware), null, random)) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            new VisitingWorker(
                            settings,
                            process,
                            new RemoteModels(folders.all()),
                            line -> {
                                out.println(line);
                                out.flush();
                            },
                            Sleeper.SYSTEM,
                            random)
                    .run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private WorkerIdentity identity() throws IOException {
        try {
            if (Files.size(key) > LARGEST_KEY_BYTES) {
                throw unusable("it is larger than any key");
            }
            WorkerIdentity identity = WorkerIdentity.read(Files.readString(key, US_ASCII));
            if (!identity.name().equals(name)) {
                throw unusable(
                        "it is the key of the worker \"%s\", not of \"%s\""
                                .formatted(identity.name(), name));
            }
            return identity;
        } catch (NoSuchFileException _) {
            throw unusable("it is not there");
        } catch (IOException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private CommandFailedException unusable(String why) {
        return new CommandFailedException(
                ExitCode.SETTINGS, "the key file %s cannot be used: %s".formatted(key, why));
    }

    private int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // the same
        }
        throw wrong("--connect is HOST or HOST:PORT, not \"" + server + "\"");
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
