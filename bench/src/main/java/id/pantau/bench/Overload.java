package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// 64 busy cameras on this machine, recorded and analysed: more than the detector can do. Nothing
/// of the recordings may be missing, motion is looked for in all of them, and the detector is
/// shared so that each camera has its turn.
final class Overload implements Benchmark {
    private static final int CAMERAS = 64;
    private static final Duration SETTLE = Duration.ofSeconds(60);

    /// Pictures a second that are looked at of each camera, whatever happens.
    private static final double FLOOR_FPS = 2;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String about() {
        return "64 busy cameras: what is shed, and what never";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(120);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("overload");
        List<String> clips = AnalysedCameras.busy(Accuracy.samples());
        try (var cameras = SimulatedCameras.start(CAMERAS, clips);
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            AnalysedCameras.add(
                    server,
                    cameras,
                    CAMERAS,
                    i -> Map.of("enabled", true, "priority", i % 8 == 0 ? "high" : "low"));
            TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
            Instant from = Instant.now();
            double cpu = WorkerUsage.percentOfCore(server, length);
            double coverage =
                    Record32.coveragePercent(server, from, from.plus(length).minusSeconds(3));
            Channels32.Rates rates = Channels32.Rates.of(server);
            tellWhoIsSlow(server);
            return new Report(name())
                    .setting("cameras", CAMERAS)
                    .setting("seconds", length.toSeconds())
                    .figure("server and worker", cpu, "% core")
                    .atLeast("coverage", coverage, "%", 99.9)
                    .figure("looked at for motion, a camera", rates.fps(), "/s")
                    .atLeast(
                            "looked at for motion, the worst camera",
                            rates.least(),
                            "/s",
                            FLOOR_FPS)
                    .figure("by a detector, all cameras", rates.lookedFps(), "/s")
                    .figure("by a detector, the worst camera", rates.leastLooked(), "/s")
                    .figure("passed over by it, all cameras", rates.passedOverFps(), "/s");
        }
    }

    private static void tellWhoIsSlow(ServerProcess server)
            throws IOException, InterruptedException {
        for (JsonNode camera : server.get("/api/v1/cameras")) {
            JsonNode state = camera.at("/state/vision");
            if (state.get("fps").asDouble() < FLOOR_FPS) {
                System.out.printf("slow: %s %s%n", camera.get("id").asString(), state);
            }
        }
    }
}
