package id.pantau.server.app;

import id.pantau.vision.worker.VisionWorker;
import id.pantau.vision.worker.WorkerCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pantau vision-worker SOCKET`: what the server starts as its child. Not for people.
@Command(
        name = VisionWorkerCommand.NAME,
        hidden = true,
        description = "The server's child process.")
final class VisionWorkerCommand implements Callable<Integer> {
    static final String NAME = "vision-worker";

    private static final String HARDWARE = "--hardware-decoding";

    @Option(names = HARDWARE, description = "Lets devices of this machine decode.")
    private boolean hardware;

    @Parameters(paramLabel = "SOCKET", description = "Where to listen.")
    private Path socket = Path.of("");

    /// This program again, whether it runs from its jar or from a class path.
    ///
    /// @param hardware whether devices of this machine may decode what is analysed
    static WorkerCommand line(boolean hardware) {
        List<String> call = hardware ? List.of(NAME, HARDWARE) : List.of(NAME);
        String classPath = System.getProperty("java.class.path");
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        return isJar
                ? new WorkerCommand(
                        Stream.concat(Stream.of("-jar", classPath), call.stream()).toList())
                : WorkerCommand.ofClassPath(Pantau.class.getName(), call);
    }

    @Override
    public Integer call() throws IOException {
        VisionWorker.serve(socket, hardware);
        return ExitCode.OK;
    }
}
