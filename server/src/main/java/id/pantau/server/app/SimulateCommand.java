package id.pantau.server.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pantau simulate FILE...`: serves files as RTSP cameras.
@Command(name = "simulate", description = "Serve files as RTSP cameras, in a loop.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Videos to serve.")
    private List<Path> files = List.of();

    @Option(
            names = "--port",
            description = "TCP port (default: ${DEFAULT-VALUE}).",
            defaultValue = "8554")
    private int port;

    @Override
    public Integer call() {
        throw new CommandFailedException(ExitCode.FAILED, "simulate is being built");
    }
}
