package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The worker is killed at random while eight cameras are recorded and analysed: no recording has a
/// gap, and every camera is analysed again soon.
final class WorkerKills implements Benchmark {
    private static final int CAMERAS = 8;
    private static final Duration BACK = Duration.ofSeconds(60); // its speed is measured

    @Override
    public String name() {
        return "worker-kills";
    }

    @Override
    public String about() {
        return "the worker killed at random while 8 cameras record; --seconds N means N kills";
    }

    /// The number of kills, as seconds.
    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(100);
    }

    @Override
    public Report run(Duration length) throws Exception {
        int kills = (int) length.toSeconds();
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.printf("worker-kills: seed %d%n", seed);
        var random = new SplittableRandom(seed);
        Path work = Scratch.empty("worker-kills");
        List<String> clips = AnalysedCameras.busy(Accuracy.samples());
        try (var cameras = SimulatedCameras.start(CAMERAS, clips);
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            AnalysedCameras.add(server, cameras, CAMERAS, _ -> Map.of("enabled", true));
            server.awaitRecording(CAMERAS, BACK);
            awaitAnalysed(server, Instant.EPOCH);
            Instant begin = Instant.now();
            double worst = 0;
            double sum = 0;
            for (int kill = 1; kill <= kills; kill++) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(6000));
                long pid = WorkerUsage.pid(server).orElseThrow();
                Instant at = Instant.now();
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                double backMs = awaitAnalysed(server, at);
                worst = Math.max(worst, backMs);
                sum += backMs;
                System.out.printf("kill %d: all analysed again after %.0f ms%n", kill, backMs);
            }
            Instant end = Instant.now().minusSeconds(3);
            double gaps = 0;
            for (int i = 1; i <= CAMERAS; i++) {
                JsonNode coverage =
                        server.get(
                                "/api/v1/cameras/cam%d/coverage?from=%s&until=%s"
                                        .formatted(i, begin, end));
                gaps =
                        Math.max(
                                gaps,
                                coverage.get("wantedMs").asDouble()
                                        - coverage.get("recordedMs").asDouble());
            }
            return new Report(name())
                    .setting("kills", kills)
                    .setting("cameras", CAMERAS)
                    .setting("seed", seed)
                    .atMost("missing of the recordings, the worst camera", gaps, "ms", 0)
                    .atMost("all analysed again, the slowest", worst, "ms", 5000)
                    .figure("mean", sum / kills, "ms");
        }
    }

    /// Until every camera's analysis began after that moment.
    ///
    /// @return how long it took, ms since that moment
    private static double awaitAnalysed(ServerProcess server, Instant after) throws Exception {
        Instant deadline = Instant.now().plus(BACK);
        while (Instant.now().isBefore(deadline)) {
            int analysed = 0;
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                JsonNode state = camera.at("/state/vision");
                boolean runs = state.get("phase").asString().equals("analysing");
                Instant since = Instant.parse(state.get("since").asString());
                analysed += runs && since.isAfter(after) ? 1 : 0;
            }
            if (analysed == CAMERAS) {
                return Duration.between(after, Instant.now()).toMillis();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("not every camera is analysed again");
    }
}
