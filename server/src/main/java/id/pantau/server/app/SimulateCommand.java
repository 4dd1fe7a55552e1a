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
@Command(
        name = "simulate",
        description = "Serve files as RTSP cameras, in a loop, to whoever asks.",
        footer = "%nEnds on Ctrl-C.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Videos to serve.")
    private List<Path> files = List.of();

    @Option(
            names = "--port",
            description = "TCP port (default: ${DEFAULT-VALUE}).",
            defaultValue = "8555")
    private int port;

    @Option(names = "--no-sub", description = "Serve no small second stream.")
    private boolean noSub;

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            FfmpegProgram ffmpeg = FfmpegProgram.load();
            Path work = home.settings().home().resolve("simulate");
            List<SimulatedClip> clips = new ArrayList<>();
            for (Path file : files) {
                out.println("preparing " + file);
                clips.add(SimulatedClip.prepare(ffmpeg, file, work, !noSub));
            }
            try (var simulator =
                    CameraSimulator.start(new InetSocketAddress(port), RtspAccess.OPEN, clips)) {
                for (CameraSimulator.Camera camera : simulator.cameras()) {
                    out.println(camera.main() + "  " + camera.name());
                    camera.sub().ifPresent(out::println);
                }
                out.flush();
                new CountDownLatch(1).await();
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
