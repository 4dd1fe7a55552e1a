package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// 32 cameras drop at once and return, again and again: how long until all record, how many
/// connects at once, and whether memory stays flat.
final class Reconnect implements Benchmark {
    private static final int CAMERAS = 32;

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public String about() {
        return "32 cameras drop at once and return, repeatedly";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("reconnect");
        double worstReturn = 0;
        double firstMebibytes = 0;
        double lastMebibytes = 0;
        int mostConnecting = 0;
        int rounds = 0;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.small());
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            awaitStreaming(server);
            Instant end = Instant.now().plus(length);
            while (Instant.now().isBefore(end) || rounds == 0) {
                cameras.drop();
                TimeUnit.SECONDS.sleep(10);
                cameras.comeBack();
                Instant back = Instant.now();
                mostConnecting = Math.max(mostConnecting, awaitStreaming(server));
                worstReturn =
                        Math.max(
                                worstReturn,
                                Duration.between(back, Instant.now()).toMillis() / 1e3);
                TimeUnit.SECONDS.sleep(20);
                lastMebibytes = ProcessUsage.of(server.pid()).residentBytes() / 1048576.0;
                firstMebibytes = rounds == 0 ? lastMebibytes : firstMebibytes;
                rounds++;
                System.out.printf("round %d: %.0f MiB resident%n", rounds, lastMebibytes);
            }
        }
        return new Report(name())
                .setting("cameras", CAMERAS)
                .setting("rounds", rounds)
                .atMost("slowest return of all 32", worstReturn, "s", 30)
                .atMost("cameras connecting at once", mostConnecting, "", 8)
                .figure("resident after the first round", firstMebibytes, "MiB")
                .figure("resident after the last round", lastMebibytes, "MiB")
                .atMost("growth", lastMebibytes - firstMebibytes, "MiB", 64);
    }

    /// @return the most cameras seen connecting at once while waiting
    private static int awaitStreaming(ServerProcess server) throws Exception {
        int most = 0;
        Instant deadline = Instant.now().plusSeconds(120);
        while (true) {
            int recording = 0;
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                String state = camera.at("/state/recording/state").asString("");
                recording += state.equals("recording") ? 1 : 0;
            }
            JsonNode connecting = server.get("/api/v1/health").at("/cameras/connecting");
            most = Math.max(most, connecting.asInt(0));
            if (recording == CAMERAS) {
                return most;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("only %d of 32 record".formatted(recording));
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }
}
