package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// From the start of the program to the first recorded fragment of a known camera, and what the
/// server holds in memory with nothing to do.
final class Start implements Benchmark {
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "start to first recorded fragment, idle memory";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("start");
        double idleMebibytes = idleMemory(work, length);
        var seconds = new ArrayList<Double>();
        try (var cameras = SimulatedCameras.start(1, Clips.camera1080p());
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            server.addCamera("cam1", cameras.url(1));
            Path recordings = server.home().resolve("recordings");
            awaitGrowth(recordings, 0);
            for (int round = 0; round < ROUNDS; round++) {
                server.close();
                long before = Scratch.bytesUnder(recordings);
                Instant start = Instant.now();
                server.restart();
                awaitGrowth(recordings, before);
                seconds.add(Duration.between(start, Instant.now()).toMillis() / 1e3);
            }
        }
        seconds.sort(null);
        return new Report(name())
                .setting("rounds", ROUNDS)
                .atMost("start to first fragment, median", seconds.get(ROUNDS / 2), "s", 8)
                .figure("slowest", seconds.getLast(), "s")
                .figure("resident memory idle", idleMebibytes, "MiB");
    }

    private static double idleMemory(Path work, Duration length) throws Exception {
        try (var server = ServerProcess.start(work.resolve("idle"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            return ProcessUsage.of(server.pid()).residentBytes() / 1048576.0;
        }
    }

    /// Waits until a fragment is on disk: more than any init segment holds.
    private static void awaitGrowth(Path recordings, long before) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Scratch.bytesUnder(recordings) < before + 10_000) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("nothing was recorded within 60 s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
