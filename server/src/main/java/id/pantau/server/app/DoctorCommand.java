package id.pantau.server.app;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pantau doctor URL`: probes a camera and says what is wrong.
@Command(
        name = "doctor",
        description = "Probe a camera and say what is wrong with it.",
        footer =
                "%nEnds with 1 when the camera cannot be recorded. Name and password may stand in the URL or in"
                        + " $PANTAU_CAMERA_PASSWORD.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "URL", description = "The stream, such as rtsp://192.168.1.20/stream1")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The camera's user name.")
    private @Nullable String username;

    @Override
    public Integer call() {
        throw new CommandFailedException(ExitCode.FAILED, "doctor is being built");
    }
}
