package id.pantau.server.app;

import id.pantau.server.camera.Doctor;
import id.pantau.server.camera.StreamTransport;
import id.pantau.vision.worker.WorkerProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
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
                "%nEnds with 0 when all is well, 1 when something harms recording, 6 when the camera"
                        + " cannot be played. Name and password may stand in the URL, or the password"
                        + " in $PANTAU_CAMERA_PASSWORD.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "URL", description = "The stream, such as rtsp://192.168.1.20/stream1")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The camera's user name.")
    private @Nullable String username;

    @Option(names = "--udp", description = "Ask for UDP instead of TCP.")
    private boolean udp;

    @Option(
            names = "--compat",
            description =
                    "Read it through FFmpeg: rtmp://, http:// (HLS, MPEG-TS), srt:// and others.")
    private boolean compat;

    @Override
    public Integer call() throws InterruptedException {
        StreamTransport transport =
                compat ? StreamTransport.COMPAT : udp ? StreamTransport.UDP : StreamTransport.TCP;
        String password = System.getenv("PANTAU_CAMERA_PASSWORD");
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var worker = worker()) {
            return switch (Doctor.ofSystem(worker, out)
                    .examine(url, transport, username, password)) {
                case FINE -> ExitCode.OK;
                case HARMS_RECORDING -> ExitCode.FINDINGS;
                case UNPLAYABLE -> ExitCode.UNPLAYABLE;
            };
        }
    }

    /// Starts only where it is needed, and with a socket outside the home: a server may run there.
    private static WorkerProcess worker() {
        return new WorkerProcess(
                VisionWorkerCommand.line(false), null, RandomGenerator.getDefault());
    }
}
