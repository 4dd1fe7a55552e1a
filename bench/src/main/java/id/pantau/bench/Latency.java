package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How long a picture needs from a camera to the screen, by each way the product's own page plays
/// it: from the moment the camera has sent it until the page in Chromium can read its number from
/// the video element. Needs Chromium and `ui/node_modules`; camera, server and browser share this
/// machine and its clock.
final class Latency implements Benchmark {
    private static final int SAMPLES = 30;

    /// @param word as the page knows it
    /// @param name for people
    private record Way(String word, String name, int longestMs) {}

    private static final List<Way> WAYS =
            List.of(
                    new Way("webrtc", "WHEP", 150),
                    new Way("mse", "MSE", 300),
                    new Way("hls", "LL-HLS", 1500));

    /// @param delaysMs from camera to screen, ascending
    /// @param aheadMs how much media lay ahead of the play head, ascending; nothing is known of it
    ///   with WebRTC
    /// @param misread numbers that were none
    private record Seen(List<Double> delaysMs, List<Double> aheadMs, int misread) {}

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return "from the camera to the screen of a browser by WHEP, MSE and LL-HLS";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path home = Scratch.empty("latency").resolve("home");
        var report =
                new Report(name())
                        .setting("samples", SAMPLES)
                        .setting("seconds of each way", length.toSeconds());
        try (var camera = ClockedCamera.start(Clips.numbered());
                var server = ServerProcess.start(home, List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            server.addCamera("clocked", camera.url());
            server.awaitRecording(1, Duration.ofSeconds(30));
            for (Way way : WAYS) {
                add(report, way, watch(camera, server, way, length));
            }
        }
        return report;
    }

    private static void add(Report report, Way way, Seen seen) {
        String name = way.name();
        report.atMost(name + ", median", quantile(seen.delaysMs(), 0.5), "ms", way.longestMs());
        report.figure(name + ", p95", quantile(seen.delaysMs(), 0.95), "ms");
        report.figure(name + ", least", seen.delaysMs().getFirst(), "ms");
        if (!seen.aheadMs().isEmpty()) {
            report.figure(
                    name + ", ahead of the play head, median", quantile(seen.aheadMs(), 0.5), "ms");
        }
        report.atMost(name + ", pictures misread", seen.misread(), "", 0);
    }

    private static Seen watch(ClockedCamera camera, ServerProcess server, Way way, Duration length)
            throws IOException, InterruptedException {
        List<Double> delaysMs = new ArrayList<>();
        List<Double> aheadMs = new ArrayList<>();
        int misread = 0;
        for (JsonNode sample : drive(server, way, length)) {
            var seenAt = Instant.EPOCH.plusNanos((long) (sample.get("atMs").asDouble() * 1e6));
            int number = sample.get("number").asInt();
            var sent = camera.findSent(number, seenAt);
            if (sent.isEmpty()) {
                misread++;
                continue;
            }
            delaysMs.add(Duration.between(sent.get(), seenAt).toNanos() / 1e6);
            if (sample.hasNonNull("aheadMs")) {
                aheadMs.add(sample.get("aheadMs").asDouble());
            }
        }
        if (delaysMs.isEmpty()) {
            throw new IOException("no picture was read by " + way.name());
        }
        delaysMs.sort(null);
        aheadMs.sort(null);
        return new Seen(delaysMs, aheadMs, misread);
    }

    /// @return what the page saw: picture numbers with the time of each
    private static JsonNode drive(ServerProcess server, Way way, Duration length)
            throws IOException, InterruptedException {
        Path script = Repository.root().resolve("ui/e2e/latency.mjs");
        if (!Files.isDirectory(Repository.root().resolve("ui/node_modules/playwright-core"))) {
            throw new IOException("ui/node_modules is missing: (cd ui && npm ci)");
        }
        Process page =
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                server.uri("").toString(),
                                ServerProcess.USER,
                                ServerProcess.PASSWORD,
                                way.word(),
                                Integer.toString(SAMPLES),
                                Long.toString(length.toMillis()),
                                Integer.toString(PictureNumbers.BITS),
                                Integer.toString(PictureNumbers.SQUARE_PX))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String seen = new String(page.getInputStream().readAllBytes(), UTF_8);
            if (page.waitFor() != 0) {
                throw new IOException(
                        "the page did not play by %s: %s".formatted(way.name(), seen));
            }
            return JsonMapper.builder().build().readTree(seen.strip());
        } finally {
            page.destroy();
        }
    }

    /// @param ascending not empty
    /// @param part 0..1
    private static double quantile(List<Double> ascending, double part) {
        return ascending.get((int) ((ascending.size() - 1) * part));
    }
}
