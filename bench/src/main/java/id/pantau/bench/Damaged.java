package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Cameras whose every second picture is damaged, each in another way, recorded and analysed: the
/// server stays, and neither it nor its worker grows.
final class Damaged implements Benchmark {
    private static final int CAMERAS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "damaged";
    }

    @Override
    public String about() {
        return "every second picture damaged, recorded and analysed";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("damaged");
        var clips = new ArrayList<String>();
        List<String> sound = AnalysedCameras.busy(Accuracy.samples());
        for (int i = 0; i < CAMERAS; i++) {
            String[] pair = sound.get(i % sound.size()).split("\\|");
            clips.add(damaged(Path.of(pair[0]), i) + "|" + damaged(Path.of(pair[1]), i));
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
                    .atMost("workers used up", workers - 1, "", 0)
                    .figure("server after a sixth", serverMiB.getFirst(), "MiB")
                    .atMost("growth since", serverMiB.getLast() - serverMiB.getFirst(), "MiB", 64)
                    .figure("worker after a sixth", workerMiB.getFirst(), "MiB")
                    .atMost("growth since", workerMiB.getLast() - workerMiB.getFirst(), "MiB", 64)
                    .figure("pictures looked at, a camera", rates.fps(), "/s")
                    .atLeast("recording in the end", server.recording(), "", CAMERAS);
        }
    }

    /// @param variant damages more or fewer bytes
    private static Path damaged(Path clip, int variant) throws IOException, InterruptedException {
        Path target =
                Repository.work().resolve("damaged-%d-%s".formatted(variant, clip.getFileName()));
        if (!Files.exists(target)) {
            Clips.ffmpeg()
                    .require(
                            List.of(
                                    "-i",
                                    clip.toString(),
                                    "-map",
                                    "0:v",
                                    "-c",
                                    "copy",
                                    "-bsf:v",
                                    "noise=amount=mod(n\\,2)*%d".formatted(150 + 100 * variant),
                                    target.toString()),
                            PATIENCE);
        }
        return target;
    }
}
