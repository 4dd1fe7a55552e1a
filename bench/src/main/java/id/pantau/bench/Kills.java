package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// `kill -9` at random moments while eight cameras record. After each start the index must agree
/// with the files, no camera may have lost more than two seconds before the kill, and everything
/// recorded in earlier lives must be there unchanged. In the end every file is decoded.
///
/// The check runs on a snapshot taken once the server is ready again: the server stops for a moment
/// (`SIGSTOP`), its database is copied and its recordings are linked. The cameras stay away until
/// then, so that no file is being written.
final class Kills implements Benchmark {
    private static final int CAMERAS = 8;
    private static final Duration SEGMENT = Duration.ofSeconds(5);
    private static final Duration READY = Duration.ofMinutes(10); // its speed is not the question
    private static final int REBUILD_EVERY = 10;
    private static final int KILL_STARTING_EVERY = 10;

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
        Path work = Scratch.empty("kills");
        Path home = work.resolve("home");
        Lives lives;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.small());
                var server = ServerProcess.start(home, List.of())) {
            server.awaitReady(READY);
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i), "tcp", SEGMENT);
            }
            lives = new Lives(cameras, server, work.resolve("snapshot"), seed);
            for (int kill = 1; kill <= kills; kill++) {
                lives.once(kill);
            }
            lives.compareWithAllEarlier();
        }
        var index = new RecordingIndex(home);
        int fsck = index.fsck(false);
        List<String> before = index.rows();
        int rebuild = index.fsck(true);
        int different = RecordingIndex.differences(before, index.rows());
        Decoding.Outcome decoding = Decoding.of(home.resolve("recordings"));
        return new Report(name())
                .setting("kills", kills)
                .setting("cameras", CAMERAS)
                .setting("seed", seed)
                .atMost("most lost before a kill, any camera", lives.worstLossMs, "ms", 2000)
                .figure("mean loss of the worst camera", lives.lossSumMs / kills, "ms")
                .atMost("starts with an unclean fsck", lives.unclean, "", 0)
                .atMost("earlier segments changed or gone", lives.changed, "", 0)
                .atMost("rows a rebuild makes differently, while it ran", lives.different, "", 0)
                .atMost("fsck exit status in the end", fsck, "", 0)
                .atMost("fsck --rebuild exit status", rebuild, "", 0)
                .figure("rows compared after the last rebuild", before.size(), "")
                .atMost("rows the last rebuild makes differently", different, "", 0)
                .figure("files", decoding.files(), "")
                .atMost("files ffmpeg cannot decode", decoding.bad(), "", 0);
    }

    /// One server's lives, each ended by a kill.
    private static final class Lives {
        private final SimulatedCameras cameras;
        private final ServerProcess server;
        private final Path snapshot;
        private final SplittableRandom random;
        private final Map<String, JsonNode> earlier = new HashMap<>(); // segments by id
        private final Instant begin = Instant.now();
        private double worstLossMs;
        private double lossSumMs;
        private int unclean;
        private int changed;
        private int different;

        Lives(SimulatedCameras cameras, ServerProcess server, Path snapshot, long seed) {
            this.cameras = cameras;
            this.server = server;
            this.snapshot = snapshot;
            this.random = new SplittableRandom(seed);
        }

        void once(int kill) throws Exception {
            server.awaitRecording(CAMERAS, READY);
            Instant allRecord = Instant.now();
            TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(7000));
            Instant killedAt = Instant.now();
            server.kill();
            cameras.drop();
            server.restart();
            if (kill % KILL_STARTING_EVERY == 0) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(10_000));
                server.kill();
                server.restart();
            }
            server.awaitReady(READY);
            double lossMs = lossMs(allRecord, killedAt);
            worstLossMs = Math.max(worstLossMs, lossMs);
            lossSumMs += lossMs;
            remember(allRecord.minusSeconds(60), killedAt);
            var index = snapshot();
            cameras.comeBack();
            int fsck = index.fsck(false);
            unclean += fsck == 0 ? 0 : 1;
            if (kill % REBUILD_EVERY == 0) {
                List<String> before = index.rows();
                index.fsck(true);
                different += RecordingIndex.differences(before, index.rows());
            }
            System.out.printf(
                    "kill %d after %.1f s: lost at most %.0f ms, fsck %d, %d segments so far%n",
                    kill,
                    Duration.between(allRecord, killedAt).toMillis() / 1e3,
                    lossMs,
                    fsck,
                    earlier.size());
        }

        /// What the worst camera lacks of the time in which all recorded; the moment of the kill is
        /// taken before the signal is sent.
        private double lossMs(Instant allRecord, Instant killedAt) throws Exception {
            double worst = 0;
            String range = "from=%s&until=%s".formatted(allRecord, killedAt);
            for (int i = 1; i <= CAMERAS; i++) {
                JsonNode coverage =
                        server.get("/api/v1/cameras/cam%d/coverage?%s".formatted(i, range));
                double recordedMs = coverage.get("recordedMs").asDouble();
                worst =
                        Math.max(
                                worst,
                                Duration.between(allRecord, killedAt).toMillis() - recordedMs);
            }
            return worst;
        }

        private void remember(Instant from, Instant until) throws Exception {
            for (int i = 1; i <= CAMERAS; i++) {
                for (JsonNode segment : segments(i, from, until)) {
                    earlier.putIfAbsent(segment.get("id").asString(), segment);
                }
            }
        }

        private JsonNode segments(int camera, Instant from, Instant until) throws Exception {
            return server.get(
                    "/api/v1/cameras/cam%d/recordings?from=%s&until=%s"
                            .formatted(camera, from, until));
        }

        private RecordingIndex snapshot() throws Exception {
            server.freeze();
            try {
                return RecordingIndex.snapshot(server.home(), snapshot);
            } finally {
                server.thaw();
            }
        }

        /// Every segment of every life is listed as it was after its own kill.
        void compareWithAllEarlier() throws Exception {
            var now = new HashMap<String, JsonNode>();
            for (int i = 1; i <= CAMERAS; i++) {
                for (JsonNode segment : segments(i, begin.minusSeconds(60), Instant.now())) {
                    now.put(segment.get("id").asString(), segment);
                }
            }
            earlier.forEach((id, segment) -> changed += segment.equals(now.get(id)) ? 0 : 1);
        }
    }
}
