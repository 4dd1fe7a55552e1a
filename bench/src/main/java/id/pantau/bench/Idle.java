package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// 64 cameras that are not recorded and that nobody watches: what the whole server uses then, and
/// what it used before it knew a camera. No camera may be connected to.
final class Idle implements Benchmark {
    private static final int CAMERAS = 64;

    /// The compiler is done with the start by then.
    private static final Duration SETTLE = Duration.ofSeconds(45);

    /// @param cpuPercent of a core
    /// @param wakeUps how often a thread began to run that had waited, a second
    private record Measured(double cpuPercent, double wakeUps, double residentMebibytes) {}

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "64 cameras that nobody records or watches";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path home = Scratch.empty("idle").resolve("home");
        Measured without;
        Measured with;
        int connects;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.small());
                var server = ServerProcess.start(home, List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            without = measure(server.pid(), length);
            for (int i = 1; i <= CAMERAS; i++) {
                server.addOnDemand("cam" + i, cameras.url(i));
            }
            with = measure(server.pid(), length);
            connects = cameras.connects().connects();
        }
        return new Report(name())
                .setting("cameras", CAMERAS)
                .setting("seconds", length.toSeconds())
                .figure("CPU without a camera", without.cpuPercent(), "% core")
                .atMost("CPU", with.cpuPercent(), "% core", 1)
                .figure("wake-ups without a camera", without.wakeUps(), "/s")
                .figure("wake-ups", with.wakeUps(), "/s")
                .figure("resident without a camera", without.residentMebibytes(), "MiB")
                .figure("resident", with.residentMebibytes(), "MiB")
                .atMost("connects to the cameras", connects, "", 0);
    }

    private static Measured measure(long pid, Duration length) throws Exception {
        TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
        ProcessUsage before = ProcessUsage.of(pid);
        long wakeUpsBefore = wakeUps(pid);
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
        ProcessUsage after = ProcessUsage.of(pid);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new Measured(
                after.percentOfCoreSince(before, wall),
                (wakeUps(pid) - wakeUpsBefore) * 1e9 / wall.toNanos(),
                after.residentBytes() / 1048576.0);
    }

    /// How often the threads that live now have given up their core to wait (proc(5)).
    private static long wakeUps(long pid) throws IOException {
        long sum = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                sum += waits(thread.resolve("status"));
            }
        }
        return sum;
    }

    private static long waits(Path status) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException _) {
            return 0; // the thread has ended
        }
    }
}
