package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// 32 cameras recorded by copy and analysed on their sub streams of 640 pixels and 5 pictures a
/// second, half of them quiet; then the analysis of motion alone, without recording, beside
/// Debian's `motion` on the same 32 sub streams.
final class Channels32 implements Benchmark {
    private static final int CAMERAS = 32;

    /// The one that the server takes, too.
    private static final String MODEL = "yolox_nano_dyn.onnx";

    private static final Duration LOOKS = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofSeconds(25);

    /// Cameras run for months; the JIT compiler is at work for some minutes.
    private static final Duration WARM = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "channels32";
    }

    @Override
    public String about() {
        return "32 cameras recorded and analysed, beside motion(1) on the same sub streams";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("channels32");
        Path samples = Accuracy.samples();
        List<String> clips =
                Stream.concat(
                                AnalysedCameras.quiet(samples).stream(),
                                AnalysedCameras.busy(samples).stream())
                        .toList();
        var report =
                new Report(name())
                        .setting("cameras", CAMERAS)
                        .setting("seconds", length.toSeconds());
        try (var cameras = SimulatedCameras.start(CAMERAS, clips);
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            Thread.sleep(SETTLE);
            double recording = WorkerUsage.percentOfCore(server, length);

            analyse(server, cameras, Map.of("enabled", true, "objects", true));
            Thread.sleep(WARM);
            Instant from = Instant.now();
            double all = WorkerUsage.percentOfCore(server, length);
            double coverage =
                    Record32.coveragePercent(server, from, from.plus(length).minusSeconds(3));
            Rates rates = Rates.of(server);
            ProcessUsage memory = ProcessUsage.sum(WorkerUsage.pids(server));

            stopRecording(server);
            analyse(server, cameras, Map.of("enabled", true, "objects", false));
            Thread.sleep(WARM);
            double motion = WorkerUsage.percentOfCore(server, length);
            analyse(server, cameras, Map.of("enabled", false));
            Thread.sleep(SETTLE);
            Double peer = peer(work, cameras, length);
            double lookMs = Detect.lookMs(Accuracy.models().getLast().resolve(MODEL), LOOKS);
            double wholeLookMs = (all - recording - motion) * 10 / rates.lookedFps();

            report.figure("recording alone", recording, "% core")
                    .atMost("recording, motion and objects", all, "% core", 60)
                    .atLeast("coverage meanwhile", coverage, "%", 99.9)
                    .figure("pictures looked at, a camera", rates.fps(), "/s")
                    .figure("by a detector, all cameras", rates.lookedFps(), "/s")
                    .figure("a look of it, alone on a core", lookMs, "ms")
                    .figure("a look, all that it adds", wholeLookMs, "ms")
                    .atMost("ratio of looks", wholeLookMs / lookMs, "", 1.25)
                    .figure("passed over by it, all cameras", rates.passedOverFps(), "/s")
                    .figure(
                            "resident, server and worker",
                            memory.residentBytes() / 1048576.0,
                            "MiB")
                    .atMost("pull, decode and motion alone", motion, "% core", 12);
            if (peer != null) {
                report.figure("motion(1) on the same streams", peer, "% core")
                        .atMost("ratio to it", motion / peer, "", 0.6);
            }
            return report;
        }
    }

    private static void analyse(
            ServerProcess server, SimulatedCameras cameras, Map<String, Object> vision)
            throws IOException, InterruptedException {
        for (int i = 1; i <= CAMERAS; i++) {
            server.patch(
                    "/api/v1/cameras/cam" + i,
                    Map.of("sub", Map.of("url", cameras.url(i) + "/sub"), "vision", vision));
        }
    }

    private static void stopRecording(ServerProcess server)
            throws IOException, InterruptedException {
        for (int i = 1; i <= CAMERAS; i++) {
            server.patch("/api/v1/cameras/cam" + i, Map.of("recording", Map.of("mode", "off")));
        }
    }

    /// How fast the cameras are looked at.
    record Rates(
            double fps, double least, double lookedFps, double leastLooked, double passedOverFps) {
        static Rates of(ServerProcess server) throws IOException, InterruptedException {
            double fps = 0;
            double least = Double.MAX_VALUE;
            double looked = 0;
            double leastLooked = Double.MAX_VALUE;
            double passedOver = 0;
            int count = 0;
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                JsonNode state = camera.at("/state/vision");
                double one = state.get("fps").asDouble();
                double seen = state.get("lookedFps").asDouble();
                fps += one;
                least = Math.min(least, one);
                looked += seen;
                leastLooked = Math.min(leastLooked, seen);
                passedOver += state.get("passedOverFps").asDouble();
                count++;
            }
            return new Rates(fps / count, least, looked, leastLooked, passedOver);
        }
    }

    /// @return null where there is no `motion`
    private static @Nullable Double peer(Path work, SimulatedCameras cameras, Duration length)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("motion"));
        Path main = folder.resolve("motion.conf");
        Files.writeString(
                main,
                """
                daemon off
                setup_mode off
                log_level 3
                target_dir %s
                picture_output off
                movie_output off
                webcontrol_port 0
                stream_port 0
                width 640
                height 360
                framerate 5
                threshold 1500
                %s
                """
                        .formatted(
                                folder,
                                IntStream.rangeClosed(1, CAMERAS)
                                        .mapToObj(i -> "camera " + folder + "/cam" + i + ".conf")
                                        .reduce("", (a, b) -> a + b + "\n")));
        for (int i = 1; i <= CAMERAS; i++) {
            Files.writeString(
                    folder.resolve("cam" + i + ".conf"),
                    """
                    camera_id %d
                    netcam_url %s/sub
                    netcam_params rtsp_transport=tcp
                    """
                            .formatted(i, cameras.url(i)));
        }
        Process motion;
        try {
            motion =
                    new ProcessBuilder("motion", "-n", "-c", main.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("motion.log").toFile())
                            .start();
        } catch (IOException _) {
            System.err.println("motion(1) is not installed: no peer");
            return null;
        }
        try {
            Thread.sleep(SETTLE);
            ProcessUsage before = ProcessUsage.of(motion.pid());
            long begin = System.nanoTime();
            Thread.sleep(length);
            return ProcessUsage.of(motion.pid())
                    .percentOfCoreSince(before, Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            motion.destroyForcibly().waitFor();
        }
    }
}
