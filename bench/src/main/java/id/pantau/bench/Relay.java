package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// 10 RTMP publishers at 2 Mbit/s and 200 RTMP players, once on nginx with its RTMP module and once
/// on Pantau's server: CPU time of the server per delivered gigabit.
final class Relay implements Benchmark {
    private static final int PUBLISHERS = 10;
    private static final int PLAYERS = 200;
    private static final int BITS_PER_S = 2_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");

    /// @param gigabits delivered
    /// @param cpuPercent of a core, per delivered Gbit/s
    /// @param kernelPercent how much of it was the kernel's
    private record Measured(
            double gigabits,
            double cpuPercent,
            double kernelPercent,
            long residentBytes,
            int lost) {}

    /// A server with its port.
    private record Served(Process process, int port) {}

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String about() {
        return "200 RTMP players on 10 publishers, beside nginx-rtmp";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path scratch = Scratch.empty("relay");
        Path clip = Clips.camera2Mbit();
        var report = new Report(name());
        report.setting("publishers", PUBLISHERS);
        report.setting("players", PLAYERS);
        report.setting("bitsPerSecond", BITS_PER_S);
        report.setting("seconds", length.toSeconds());
        Measured ours = measure(pantau(), clip, length);
        report.figure("Pantau, CPU per Gbit/s", ours.cpuPercent, "% core");
        report.figure("of it in the kernel", ours.kernelPercent, "%");
        report.figure("delivered", ours.gigabits, "Gbit/s");
        report.figure("resident", ours.residentBytes / 1e6, "MB");
        report.atMost("players lost", ours.lost, "", 0);
        if (!Files.exists(NGINX) || !Files.exists(MODULE)) {
            System.err.println("no nginx with libnginx-mod-rtmp here: nothing to compare with");
            return report;
        }
        Measured nginx = measure(nginx(scratch), clip, length);
        report.figure("nginx, CPU per Gbit/s", nginx.cpuPercent, "% core");
        report.figure("of it in the kernel", nginx.kernelPercent, "%");
        report.figure("delivered", nginx.gigabits, "Gbit/s");
        report.figure("players lost by nginx", nginx.lost, "");
        report.atMost("Pantau / nginx", ours.cpuPercent / nginx.cpuPercent, "", 1.0);
        return report;
    }

    private static Measured measure(Served server, Path clip, Duration length) throws Exception {
        List<AutoCloseable> others = new ArrayList<>();
        try {
            for (int i = 1; i <= PUBLISHERS; i++) {
                String url = "rtmp://127.0.0.1:%d/live/s%d".formatted(server.port, i);
                others.add(Publisher.rtmp(clip, url));
            }
            TimeUnit.SECONDS.sleep(4);
            Process players =
                    java(RelayPlayers.class, "" + server.port, "" + PLAYERS, "" + PUBLISHERS);
            others.add(players::destroyForcibly);
            var ask = new PrintStream(players.getOutputStream(), true, UTF_8);
            var answers = reader(players);
            TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
            List<Long> pids = pids(server.process);
            long bytesBefore = ask(ask, answers)[0];
            ProcessUsage before = ProcessUsage.sum(pids);
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            ProcessUsage after = ProcessUsage.sum(pids);
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] now = ask(ask, answers);
            double gigabits = (now[0] - bytesBefore) * 8 / 1e9 / seconds;
            double percent =
                    after.percentOfCoreSince(before, Duration.ofMillis((long) (seconds * 1e3)));
            return new Measured(
                    gigabits,
                    percent / gigabits,
                    100 * after.kernelShareSince(before),
                    after.residentBytes(),
                    PLAYERS - (int) now[1]);
        } finally {
            for (AutoCloseable other : others) {
                other.close();
            }
            server.process.destroy();
            server.process.waitFor();
        }
    }

    private static long[] ask(PrintStream ask, BufferedReader answers) throws IOException {
        ask.println();
        return Stream.of(answers.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static List<Long> pids(Process server) {
        var pids = new ArrayList<>(List.of(server.pid()));
        server.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    private static Served pantau() throws IOException {
        Process process = java(RelayServer.class);
        return new Served(process, Integer.parseInt(reader(process).readLine()));
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Repository.java()));
        command.addAll(Repository.javaFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /// Unprivileged, on a port of its own, with its defaults for RTMP but for the pings, which the
    /// players do not answer.
    private static Served nginx(Path folder) throws Exception {
        int port = ServerProcess.freePort();
        String configuration =
                """
                load_module %s;
                worker_processes 1;
                daemon off;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events { worker_connections 1024; }
                rtmp {
                  server {
                    listen 127.0.0.1:%d;
                    ping 10m;
                    application live { live on; }
                  }
                }
                """
                        .formatted(MODULE, folder, folder, port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Process process =
                new ProcessBuilder(
                                NGINX.toString(),
                                "-e",
                                folder.resolve("error.log").toString(),
                                "-p",
                                folder + File.separator,
                                "-c",
                                file.toString())
                        .inheritIO()
                        .start();
        awaitListening(port);
        return new Served(process, port);
    }

    private static void awaitListening(int port) throws Exception {
        for (int i = 0; ; i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (i == 100) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
