package id.pantau.server.app;

import id.pantau.vision.worker.VisionWorker;
import id.pantau.vision.worker.WorkerCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pantau vision-worker SOCKET`: what the server starts as its child. Not for people.
@Command(
        name = VisionWorkerCommand.NAME,
        hidden = true,
        description = "The server's child process.")
final class VisionWorkerCommand implements Callable<Integer> {
    static final String NAME = "vision-worker";

    @Parameters(paramLabel = "SOCKET", description = "Where to listen.")
    private Path socket = Path.of("");

    /// This program again, whether it runs from its jar or from a class path.
    static WorkerCommand line() {
        String classPath = System.getProperty("java.class.path");
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        return isJar
                ? new WorkerCommand(List.of("-jar", classPath, NAME))
                : WorkerCommand.ofClassPath(Pantau.class.getName(), List.of(NAME));
    }

    @Override
    public Integer call() throws IOException {
        VisionWorker.serve(socket);
        return ExitCode.OK;
    }
}
