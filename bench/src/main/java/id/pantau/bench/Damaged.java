package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Cameras whose every second packet is damaged, each in another way, recorded and analysed: the
/// server stays, and neither it nor its worker grows.
final class Damaged implements Benchmark {
    private static final int CAMERAS = 8;

    @Override
    public String name() {
        return "damaged";
    }

    @Override
    public String about() {
        return "every second packet damaged, recorded and analysed";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.printf("damaged: seed %d%n", seed);
        Path work = Scratch.empty("damaged");
        var clips = new ArrayList<String>();
        List<String> sound = AnalysedCameras.busy(Accuracy.samples());
        for (int i = 0; i < CAMERAS; i++) {
            String[] pair = sound.get(i % sound.size()).split("\\|");
            clips.add(
                    SimulatedCameras.damaged(pair[0], seed + 2 * i)
                            + "|"
                            + SimulatedCameras.damaged(pair[1], seed + 2 * i + 1));
        }
        try (var cameras = SimulatedCameras.start(CAMERAS, clips);
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            AnalysedCameras.add(server, cameras, CAMERAS, _ -> Map.of("enabled", true));
            long roundMs = length.toMillis() / 6;
            var serverMiB = new ArrayList<Double>();
            var workerMiB = new ArrayList<Double>();
            int workers = 0;
            OptionalLong last = OptionalLong.empty();
            for (int round = 0; round < 6; round++) {
                TimeUnit.MILLISECONDS.sleep(roundMs);
                OptionalLong worker = WorkerUsage.pid(server);
                workers += worker.isPresent() && !worker.equals(last) ? 1 : 0;
                last = worker;
                serverMiB.add(ProcessUsage.of(server.pid()).residentBytes() / 1048576.0);
                workerMiB.add(
                        worker.isPresent()
                                ? ProcessUsage.of(worker.getAsLong()).residentBytes() / 1048576.0
                                : 0);
                System.out.printf("server %s MiB, worker %s MiB%n", serverMiB, workerMiB);
            }
            Channels32.Rates rates = Channels32.Rates.of(server);
            return new Report(name())
                    .setting("cameras", CAMERAS)
                    .setting("seconds", length.toSeconds())
                    .setting("seed", seed)
                    .atMost("workers used up", workers - 1, "", 0)
                    .figure("server after a sixth", serverMiB.getFirst(), "MiB")
                    .atMost("growth since", serverMiB.getLast() - serverMiB.getFirst(), "MiB", 64)
                    .figure("worker after a sixth", workerMiB.getFirst(), "MiB")
                    .atMost("growth since", workerMiB.getLast() - workerMiB.getFirst(), "MiB", 64)
                    .figure("pictures looked at, a camera", rates.fps(), "/s")
                    .atLeast("recording in the end", server.recording(), "", CAMERAS);
        }
    }
}
