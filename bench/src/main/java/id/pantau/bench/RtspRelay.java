package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// 100 RTSP readers inside their connections on 8 cameras of 2 Mbit/s, once on the whole of Pantau
/// and once on a gst-rtsp-server that pulls the same cameras, takes their packets apart and makes
/// new ones, as Pantau does: CPU time of the server per delivered gigabit.
///
/// Needs the Debian packages named in `gst_relay.py`.
final class RtspRelay implements Benchmark {
    private static final int CAMERAS = 8;
    private static final int READERS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /// @param gigabits delivered a second
    /// @param cpuPercent of a core, per delivered Gbit/s
    /// @param kernelPercent how much of it was the kernel's
    /// @param lost readers to whom nothing came
    private record Measured(
            double gigabits,
            double cpuPercent,
            double kernelPercent,
            double residentMebibytes,
            long lost) {}

    @Override
    public String name() {
        return "rtsp-relay";
    }

    @Override
    public String about() {
        return "100 RTSP readers on 8 cameras, beside gst-rtsp-server";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("rtsp-relay");
        Measured ours;
        Measured gst;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.camera2Mbit())) {
            ours = pantau(cameras, work, length);
            gst = gst(cameras, work, length);
        }
        return new Report(name())
                .setting("cameras", CAMERAS)
                .setting("readers", READERS)
                .setting("seconds", length.toSeconds())
                .figure("Pantau, CPU per Gbit/s", ours.cpuPercent(), "% core")
                .figure("Pantau, of it in the kernel", ours.kernelPercent(), "%")
                .figure("Pantau, delivered", ours.gigabits(), "Gbit/s")
                .figure("Pantau, resident", ours.residentMebibytes(), "MiB")
                .atMost("readers lost", ours.lost(), "", 0)
                .figure("gst-rtsp-server, CPU per Gbit/s", gst.cpuPercent(), "% core")
                .figure("gst-rtsp-server, of it in the kernel", gst.kernelPercent(), "%")
                .figure("gst-rtsp-server, delivered", gst.gigabits(), "Gbit/s")
                .figure("gst-rtsp-server, resident", gst.residentMebibytes(), "MiB")
                .figure("readers lost by gst-rtsp-server", gst.lost(), "")
                .atMost("Pantau / gst-rtsp-server", ours.cpuPercent() / gst.cpuPercent(), "", 0.5);
    }

    private static Measured pantau(SimulatedCameras cameras, Path work, Duration length)
            throws Exception {
        int port = ServerProcess.freePort();
        var ports = Map.of("PANTAU_RTSP_PORT", Integer.toString(port));
        try (var server = ServerProcess.start(work.resolve("home"), List.of(), ports)) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addOnDemand("cam" + i, cameras.url(i));
            }
            String login = ServerProcess.USER + ":" + server.streamPassword();
            return measure(server.pid(), port, login, length);
        }
    }

    private static Measured gst(SimulatedCameras cameras, Path work, Duration length)
            throws Exception {
        Path script = work.resolve("gst_relay.py");
        try (InputStream text = RtspRelay.class.getResourceAsStream("gst_relay.py")) {
            Files.copy(Objects.requireNonNull(text), script, StandardCopyOption.REPLACE_EXISTING);
        }
        int port = ServerProcess.freePort();
        var command = new ArrayList<>(List.of(PYTHON.toString(), script.toString()));
        command.add(Integer.toString(port));
        for (int i = 1; i <= CAMERAS; i++) {
            command.add("cam%d=%s".formatted(i, cameras.url(i)));
        }
        Path log = work.resolve("gst.log");
        Process peer = new ProcessBuilder(command).redirectError(log.toFile()).start();
        try {
            if (peer.inputReader().readLine() == null) {
                throw new IOException("gst-rtsp-server did not start; see " + log);
            }
            return measure(peer.pid(), port, "-", length);
        } finally {
            peer.destroyForcibly();
        }
    }

    private static Measured measure(long server, int port, String login, Duration length)
            throws Exception {
        var command = new ArrayList<>(List.of(Repository.java(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(RtspReaders.class.getName(), Integer.toString(READERS), login));
        for (int i = 1; i <= CAMERAS; i++) {
            command.add("rtsp://127.0.0.1:%d/cam%d".formatted(port, i));
        }
        Process readers =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            var ask = new PrintStream(readers.getOutputStream(), true, UTF_8);
            BufferedReader answers = readers.inputReader();
            TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
            long bytesBefore = ask(ask, answers)[0];
            ProcessUsage before = ProcessUsage.of(server);
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            ProcessUsage after = ProcessUsage.of(server);
            var wall = Duration.ofNanos(System.nanoTime() - start);
            long[] now = ask(ask, answers);
            double gigabits = (now[0] - bytesBefore) * 8.0 / wall.toNanos();
            return new Measured(
                    gigabits,
                    after.percentOfCoreSince(before, wall) / gigabits,
                    100 * after.kernelShareSince(before),
                    after.residentBytes() / 1048576.0,
                    READERS - now[1]);
        } finally {
            readers.destroyForcibly();
        }
    }

    private static long[] ask(PrintStream ask, BufferedReader answers) throws IOException {
        ask.println();
        return Stream.of(answers.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
