package id.pantau.bench;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// `kill -9` at random moments while eight cameras record. After each start the index must agree
/// with the files, and no camera may have lost more than two seconds before the kill.
final class Kills implements Benchmark {
    private static final int CAMERAS = 8;

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String about() {
        return "kill -9 at random while 8 cameras record; --seconds N means N kills";
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
        System.out.printf("kills: seed %d%n", seed);
        var random = new SplittableRandom(seed);
        Path work = Scratch.empty("kills");
        double worstLossMs = 0;
        int unclean = 0;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.small());
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            for (int kill = 1; kill <= kills; kill++) {
                awaitAllRecording(server);
                TimeUnit.MILLISECONDS.sleep(2500 + random.nextInt(3000));
                Instant killedAt = Instant.now();
                server.kill();
                server.restart();
                server.awaitReady(Duration.ofSeconds(60));
                double loss = worstLossMs(server, killedAt);
                worstLossMs = Math.max(worstLossMs, loss);
                server.close();
                int fsck = fsck(server.home(), false);
                unclean += fsck == 0 ? 0 : 1;
                System.out.printf("kill %d: lost at most %.0f ms, fsck %d%n", kill, loss, fsck);
                server.restart();
                server.awaitReady(Duration.ofSeconds(60));
            }
        }
        int undecodable = undecodable(work.resolve("home/recordings"));
        int rebuild = fsck(work.resolve("home"), true);
        return new Report(name())
                .setting("kills", kills)
                .setting("cameras", CAMERAS)
                .setting("seed", seed)
                .atMost("most lost before a kill, any camera", worstLossMs, "ms", 2000)
                .atMost("starts with an unclean fsck", unclean, "", 0)
                .atMost("segments ffmpeg cannot decode", undecodable, "", 0)
                .atMost("fsck --rebuild exit status", rebuild, "", 0);
    }

    private static void awaitAllRecording(ServerProcess server) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            int recording = 0;
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                String state = camera.at("/state/recording/state").asString("");
                recording += state.equals("recording") ? 1 : 0;
            }
            if (recording == CAMERAS) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("only %d cameras record".formatted(recording));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /// How long before the kill the footage of the worst camera ends.
    private static double worstLossMs(ServerProcess server, Instant killedAt) throws Exception {
        double worst = 0;
        for (int i = 1; i <= CAMERAS; i++) {
            JsonNode segments =
                    server.get(
                            "/api/v1/cameras/cam%d/recordings?from=%s&until=%s"
                                    .formatted(i, killedAt.minusSeconds(120), killedAt));
            Instant end = Instant.EPOCH;
            for (JsonNode segment : segments) {
                Instant segmentEnd = Instant.parse(segment.get("end").asString());
                end = segmentEnd.isAfter(end) ? segmentEnd : end;
            }
            worst = Math.max(worst, Duration.between(end, killedAt).toMillis());
        }
        return worst;
    }

    private static int fsck(Path home, boolean rebuild) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Repository.java(),
                                "-jar",
                                Repository.serverJar().toString(),
                                "fsck",
                                "--home",
                                home.toString()));
        if (rebuild) {
            command.add("--rebuild");
        }
        Path log = home.resolveSibling("fsck.log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    private static int undecodable(Path recordings) throws IOException, InterruptedException {
        int bad = 0;
        try (var files = Files.walk(recordings)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".mp4")).toList()) {
                FfmpegProgram.Outcome outcome =
                        Clips.ffmpeg()
                                .run(
                                        List.of(
                                                "-v",
                                                "error",
                                                "-i",
                                                file.toString(),
                                                "-f",
                                                "null",
                                                "-"),
                                        Duration.ofMinutes(2));
                if (!outcome.succeeded() || !outcome.text().isBlank()) {
                    bad++;
                    System.out.printf("%s: %s%n", file.getFileName(), outcome.text().strip());
                }
            }
        }
        return bad;
    }
}
