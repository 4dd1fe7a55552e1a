package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// 32 cameras of 1080p25 at 4 Mbit/s with AAC over RTSP/TCP, recorded by copy; beside it, in the
/// same run and from the same simulated cameras, 32 `ffmpeg -c copy` processes.
final class Record32 implements Benchmark {
    private static final int CAMERAS = 32;
    private static final Duration SETTLE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "record32";
    }

    @Override
    public String about() {
        return "32 recordings by copy beside 32 ffmpeg -c copy";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("record32");
        Path clip = Clips.camera1080p();
        try (var cameras = SimulatedCameras.start(CAMERAS, clip)) {
            Measured pantau = measurePantau(work, cameras, length);
            Measured ffmpeg = measureFfmpeg(work, cameras, length);
            double ratio = pantau.percentOfCore() / ffmpeg.percentOfCore();
            return new Report(name())
                    .setting("cameras", CAMERAS)
                    .setting("seconds", length.toSeconds())
                    .setting("clip", "1920x1080 25 fps 4 Mbit/s H.264 + AAC")
                    .figure("Pantau, CPU", pantau.percentOfCore(), "% core")
                    .figure("32 x ffmpeg, CPU", ffmpeg.percentOfCore(), "% core")
                    .atMost("CPU ratio to ffmpeg", ratio, "", 0.8)
                    .atMost("Pantau, resident", mebibytes(pantau.residentBytes()), "MiB", 550)
                    .figure("Pantau, proportional", mebibytes(pantau.proportionalBytes()), "MiB")
                    .figure("32 x ffmpeg, resident", mebibytes(ffmpeg.residentBytes()), "MiB")
                    .figure(
                            "32 x ffmpeg, proportional",
                            mebibytes(ffmpeg.proportionalBytes()),
                            "MiB")
                    .figure("written by Pantau", pantau.megabitsPerSecond(), "Mbit/s")
                    .figure("written by ffmpeg", ffmpeg.megabitsPerSecond(), "Mbit/s")
                    .atLeast("Pantau, coverage", pantau.coveragePercent(), "%", 99.9);
        }
    }

    private record Measured(
            double percentOfCore,
            long residentBytes,
            long proportionalBytes,
            double megabitsPerSecond,
            double coveragePercent) {}

    private Measured measurePantau(Path work, SimulatedCameras cameras, Duration length)
            throws Exception {
        try (var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            Path recordings = server.home().resolve("recordings");
            Instant from = Instant.now();
            Window window = Window.measure(List.of(server.pid()), recordings, length);
            double coverage = coveragePercent(server, from, from.plus(length).minusSeconds(3));
            return window.with(coverage);
        }
    }

    private Measured measureFfmpeg(Path work, SimulatedCameras cameras, Duration length)
            throws Exception {
        Path recordings = Files.createDirectories(work.resolve("ffmpeg"));
        var processes = new ArrayList<Process>();
        try {
            for (int i = 1; i <= CAMERAS; i++) {
                Path file = recordings.resolve("cam" + i + ".mp4");
                processes.add(Clips.ffmpeg().start(copyArguments(cameras.url(i), file)));
            }
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            List<Long> pids = processes.stream().map(Process::pid).toList();
            return Window.measure(pids, recordings, length).with(100);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static List<String> copyArguments(String url, Path file) {
        return List.of(
                "-nostdin",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-i",
                url,
                "-c",
                "copy",
                "-f",
                "mp4",
                "-movflags",
                "empty_moov+default_base_moof+frag_keyframe",
                file.toString());
    }

    /// What the processes used and wrote between two moments.
    private record Window(double percentOfCore, ProcessUsage after, double megabitsPerSecond) {
        static Window measure(List<Long> pids, Path recordings, Duration length)
                throws IOException, InterruptedException {
            ProcessUsage before = ProcessUsage.sum(pids);
            long bytesBefore = Scratch.bytesUnder(recordings);
            Instant start = Instant.now();
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            ProcessUsage after = ProcessUsage.sum(pids);
            Duration wall = Duration.between(start, Instant.now());
            long bytes = Scratch.bytesUnder(recordings) - bytesBefore;
            return new Window(
                    after.percentOfCoreSince(before, wall),
                    after,
                    bytes * 8 / 1e6 / (wall.toMillis() / 1e3));
        }

        Measured with(double coveragePercent) {
            return new Measured(
                    percentOfCore,
                    after.residentBytes(),
                    after.proportionalBytes(),
                    megabitsPerSecond,
                    coveragePercent);
        }
    }

    static double coveragePercent(ServerProcess server, Instant from, Instant until)
            throws IOException, InterruptedException {
        JsonNode rows = server.get("/api/v1/coverage?from=" + from + "&until=" + until);
        double wanted = 0;
        double recorded = 0;
        for (JsonNode row : rows) {
            wanted += row.get("wantedMs").asLong();
            recorded += row.get("recordedMs").asLong();
        }
        return wanted == 0 ? 0 : 100 * recorded / wanted;
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}
