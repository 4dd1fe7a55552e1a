package id.pantau.server.app;

import id.pantau.media.rtsp.RtspAccess;
import id.pantau.vision.CameraSimulator;
import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.SimulatedClip;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--no-sub",
            description = "Serve only the main streams; sub streams are made by encoding, once.")
    private boolean noSub;

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path work = Path.of(System.getProperty("java.io.tmpdir"), "pantau-simulate");
        try {
            FfmpegProgram ffmpeg = FfmpegProgram.load();
            var clips = new ArrayList<SimulatedClip>();
            for (Path file : files) {
                out.println("preparing " + file);
                out.flush();
                clips.add(SimulatedClip.prepare(ffmpeg, file, work, !noSub));
            }
            try (var simulator =
                    CameraSimulator.start(new InetSocketAddress(port), RtspAccess.OPEN, clips)) {
                for (CameraSimulator.Camera camera : simulator.cameras()) {
                    out.printf("%s  %s%n", camera.main(), camera.name());
                    camera.sub().ifPresent(out::println);
                }
                out.flush();
                new CountDownLatch(1).await(); // until Ctrl-C or SIGTERM
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
