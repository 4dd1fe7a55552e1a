package id.pantau.server.app;

import id.pantau.media.rtsp.RtspAccess;
import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.camera.VisionSettings;
import id.pantau.server.settings.Home;
import id.pantau.vision.CameraSimulator;
import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.Polygon;
import id.pantau.vision.SimulatedClip;
import id.pantau.vision.scene.StreetScene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The simulated cameras of `up --demo`: clips of the sample folder where there is one, else
/// streets that are rendered here. They end with the server.
@Component
final class DemoCameras implements AutoCloseable {
    private static final int MOST = 4;
    private static final int RENDERED = 4;
    private static final String SAMPLES_VARIABLE = "PANTAU_SAMPLES";
    private static final Path SAMPLES_OF_CHECKOUT = Path.of("../shared/samples/video");

    private final Cameras cameras;
    private final Home home;
    private @Nullable CameraSimulator simulator;

    DemoCameras(Cameras cameras, Home home) {
        this.cameras = cameras;
        this.home = home;
    }

    /// Makes the clips, serves them and adds a camera for each. Takes up to a minute the first
    /// time.
    ///
    /// @param progress told what is being done, a line each
    void start(Consumer<String> progress) throws IOException, InterruptedException {
        List<SimulatedClip> clips = clips(FfmpegProgram.load(), progress);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        simulator = CameraSimulator.start(address, RtspAccess.OPEN, clips);
        for (CameraSimulator.Camera camera : simulator.cameras()) {
            add(camera);
        }
    }

    @Override
    public void close() throws IOException {
        if (simulator != null) {
            simulator.close();
        }
    }

    /// A camera of an earlier demo in this home keeps its footage and gets the new address.
    private void add(CameraSimulator.Camera simulated) {
        var id = new CameraId("demo-" + simulated.id());
        CameraDraft draft = draft(id, simulated);
        if (cameras.find(id).isPresent()) {
            cameras.change(id, _ -> draft);
        } else {
            cameras.add(draft);
        }
    }

    private static CameraDraft draft(CameraId id, CameraSimulator.Camera simulated) {
        CameraDraft.@Nullable Stream sub =
                simulated.sub().map(uri -> stream(uri.toString())).orElse(null);
        return new CameraDraft(
                id.value(),
                simulated.name(),
                true,
                stream(simulated.main().toString()),
                sub,
                null,
                null,
                recording(
                        isDrawn(simulated)
                                ? RecordingSettings.Mode.CONTINUOUS
                                : RecordingSettings.Mode.OBJECT),
                null,
                List.of("demo"),
                null,
                vision(simulated.name()));
    }

    /// Demo footage shows how it works; nobody needs half a year of it.
    private static RecordingSettings recording(RecordingSettings.Mode mode) {
        return new RecordingSettings(mode, Duration.ofSeconds(60), 2, 4L << 30);
    }

    /// The street that is drawn here; what others filmed is recorded when something happens.
    private static boolean isDrawn(CameraSimulator.Camera simulated) {
        return simulated.id().equals("cam1");
    }

    /// Something is counted wherever it is worth it: across the picture, or where a clip's traffic
    /// passes.
    private static VisionSettings vision(String name) {
        boolean lies = name.startsWith("car-detection");
        double x = name.startsWith("one-by-one") ? 0.78 : 0.5;
        Polygon.Point a = lies ? new Polygon.Point(0, 0.5) : new Polygon.Point(x, 0);
        Polygon.Point b = lies ? new Polygon.Point(1, 0.5) : new Polygon.Point(x, 1);
        VisionSettings usual = VisionSettings.DEFAULT;
        return new VisionSettings(
                true,
                usual.objects(),
                usual.priority(),
                usual.sensitivity(),
                usual.classes(),
                usual.leastScore(),
                usual.scores(),
                List.of(new VisionSettings.CountingLine("l1", "Garis 1", a, b)),
                usual.zones(),
                usual.watched(),
                usual.ignored(),
                usual.hidden());
    }

    private static CameraDraft.Stream stream(String url) {
        return new CameraDraft.Stream(url, StreamTransport.TCP);
    }

    private List<SimulatedClip> clips(FfmpegProgram ffmpeg, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path work = home.resolve("demo");
        Optional<Path> samples = samples();
        var clips = new ArrayList<SimulatedClip>();
        // The first is always a street with sound; without samples four of them are the whole demo.
        int streets = samples.isPresent() ? 1 : RENDERED;
        for (int variant = 0; variant < streets; variant++) {
            var scene = new StreetScene(variant);
            progress.accept("drawing " + scene.name());
            StreetScene.Clip clip = scene.encode(ffmpeg, work, _ -> {});
            clips.add(new SimulatedClip(clip.name(), clip.main(), clip.sub()));
        }
        for (Path file : samples.isPresent() ? videosIn(samples.orElseThrow()) : List.<Path>of()) {
            progress.accept("preparing " + file.getFileName());
            clips.add(SimulatedClip.prepare(ffmpeg, file, work, true));
        }
        return clips;
    }

    private static Optional<Path> samples() {
        String asked = System.getenv(SAMPLES_VARIABLE);
        Path folder = asked == null || asked.isBlank() ? SAMPLES_OF_CHECKOUT : Path.of(asked);
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    private static List<Path> videosIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".mp4"))
                    .sorted()
                    .limit(MOST - 1)
                    .toList();
        }
    }
}
