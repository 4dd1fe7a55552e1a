package id.pantau.server.app;

import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.settings.Home;
import id.pantau.vision.CameraSimulator;
import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.SimulatedClip;
import id.pantau.vision.scene.StreetScene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// The cameras of `up --demo`: up to four sample clips where there are some, else drawn streets,
/// played by a simulator on this machine and added like any other camera. What was prepared is kept
/// in the home, so the next start is quick.
@Component
final class DemoCameras implements Demo.Cameras, DisposableBean {
    private static final int MOST = 4;
    private static final int STREETS = 2; // drawing one takes some seconds

    private final Cameras cameras;
    private final Home home;
    private @Nullable CameraSimulator simulator; // written once, by the thread that starts the demo

    DemoCameras(Cameras cameras, Home home) {
        this.cameras = cameras;
        this.home = home;
    }

    @Override
    public List<String> start() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            CameraSimulator started = CameraSimulator.start(address, RtspAccess.OPEN, clips());
            simulator = started;
            return started.cameras().stream().map(this::put).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's cameras cannot start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void destroy() throws IOException {
        CameraSimulator running = simulator;
        if (running != null) {
            running.close();
        }
    }

    private List<SimulatedClip> clips() throws IOException, InterruptedException {
        FfmpegProgram ffmpeg = FfmpegProgram.load();
        Path work = home.resolve("demo");
        List<SimulatedClip> clips = new ArrayList<>();
        for (Path sample : samples()) {
            clips.add(SimulatedClip.prepare(ffmpeg, sample, work, true));
        }
        boolean none = clips.isEmpty();
        for (int variant = 0; none && variant < STREETS; variant++) {
            StreetScene.Clip street = new StreetScene(variant).encode(ffmpeg, work, _ -> {});
            clips.add(new SimulatedClip(street.name(), street.main(), street.sub()));
        }
        return clips;
    }

    /// `$PANTAU_SAMPLES`, else the folder beside a checkout.
    private static List<Path> samples() throws IOException {
        String named = System.getenv().getOrDefault("PANTAU_SAMPLES", "../shared/samples/video");
        Path folder = Path.of(named);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }

    /// Adds the camera, or gives the one of an earlier start its new address.
    private String put(CameraSimulator.Camera simulated) {
        var id = new CameraId("demo-" + simulated.id());
        if (cameras.find(id).isPresent()) {
            cameras.change(id, _ -> draft(id, simulated));
        } else {
            cameras.add(draft(id, simulated));
        }
        return "camera: " + simulated.name();
    }

    private static CameraDraft draft(CameraId id, CameraSimulator.Camera simulated) {
        return new CameraDraft(
                id.value(),
                simulated.name(),
                true,
                new CameraDraft.Stream(simulated.main().toString(), RtspTarget.Transport.TCP),
                simulated
                        .sub()
                        .map(sub ->
                                new CameraDraft.Stream(sub.toString(), RtspTarget.Transport.TCP))
                        .orElse(null),
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of("demo"));
    }
}
