package id.pantau.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// 200 live viewers on 10 streams of 10 Mbit/s over WebSocket. Reports the bytes delivered per
/// second of server CPU: with everything the server does, and for the viewers alone (CPU without
/// viewers taken off); beside it, with as many bytes in as many messages, the bare web server and
/// bare sockets, which show what this machine's kernel takes alone.
final class Fanout implements Benchmark {
    private static final int STREAMS = 10;
    private static final int VIEWERS = 200;
    private static final Duration SETTLE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String about() {
        return "200 WebSocket viewers on 10 streams, beside bare Jetty";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(30);
    }

    /// @param messagesPerS to one viewer
    private record Delivered(
            double megabytesPerS,
            double messagesPerS,
            double percentOfCore,
            double kernelShare,
            Arrivals arrivals,
            long lost) {
        /// @param idlePercent CPU that is spent without viewers, too
        double perCore(double idlePercent) {
            return megabytesPerS * 100 / Math.max(0.1, percentOfCore - idlePercent);
        }
    }

    @Override
    public Report run(Duration length) throws Exception {
        double alone;
        Delivered ours;
        try (var cameras = SimulatedCameras.start(STREAMS, Clips.camera10Mbit());
                var server =
                        ServerProcess.start(Scratch.empty("fanout").resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= STREAMS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            ProcessUsage before = ProcessUsage.of(server.pid());
            Instant start = Instant.now();
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            alone =
                    ProcessUsage.of(server.pid())
                            .percentOfCoreSince(before, Duration.between(start, Instant.now()));
            ours =
                    deliver(
                            server.pid(),
                            server.token(),
                            server.uri("/api/v1/cameras/cam"),
                            "/live/main",
                            length);
        }
        Delivered bare = peer(FanoutPeer.class, ours, length);
        Delivered sockets = peer(FanoutSockets.class, ours, length);
        double perCore = ours.perCore(alone);
        return new Report(name())
                .setting("streams", STREAMS)
                .setting("viewers", VIEWERS)
                .setting("seconds", length.toSeconds())
                .figure("delivered", ours.megabytesPerS(), "MB/s")
                .figure("messages to one viewer", ours.messagesPerS(), "/s")
                .figure("server CPU without viewers", alone, "% core")
                .figure("server CPU with viewers", ours.percentOfCore(), "% core")
                .figure("of it in the kernel", 100 * ours.kernelShare(), "%")
                .figure("per core, everything", ours.perCore(0), "MB/s")
                .atLeast("per core, viewers alone", perCore, "MB/s", 2500)
                .figure("bare Jetty, delivered", bare.megabytesPerS(), "MB/s")
                .figure("bare Jetty, per core", bare.perCore(0), "MB/s")
                .figure("ratio to bare Jetty", perCore / bare.perCore(0), "")
                .figure("bare sockets, per core", sockets.perCore(0), "MB/s")
                .atLeast("ratio to bare sockets", perCore / sockets.perCore(0), "", 0.85)
                .figure("delay since capture, median", ours.arrivals().delayMs(0.5), "ms")
                .figure("delay since capture, p99", ours.arrivals().delayMs(0.99), "ms")
                .figure("behind the first viewer, p99", ours.arrivals().behindMs(0.99), "ms")
                .figure("bare Jetty, behind the first, p99", bare.arrivals().behindMs(0.99), "ms")
                .atMost("viewers lost", ours.lost(), "", 0);
    }

    /// @param prefix of a stream's address, before its number
    private static Delivered deliver(
            long pid, String token, URI prefix, String suffix, Duration length) throws Exception {
        var viewers = new ArrayList<Viewer>();
        try {
            for (int i = 0; i < VIEWERS; i++) {
                int stream = i % STREAMS + 1;
                viewers.add(
                        Viewer.open(
                                URI.create(prefix.toString() + stream + suffix), stream, token));
            }
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            var arrivals = new Arrivals();
            viewers.forEach(viewer -> viewer.tell(arrivals));
            int messagesBefore = arrivals.count();
            long bytesBefore = bytes(viewers);
            ProcessUsage before = ProcessUsage.of(pid);
            Instant start = Instant.now();
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            ProcessUsage after = ProcessUsage.of(pid);
            Duration wall = Duration.between(start, Instant.now());
            double seconds = wall.toMillis() / 1e3;
            return new Delivered(
                    (bytes(viewers) - bytesBefore) / 1e6 / seconds,
                    (arrivals.count() - messagesBefore) / seconds / VIEWERS,
                    after.percentOfCoreSince(before, wall),
                    after.kernelShareSince(before),
                    arrivals,
                    viewers.stream().filter(viewer -> !viewer.alive()).count());
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    /// @param program serves as many bytes in as many messages
    private static Delivered peer(Class<?> program, Delivered ours, Duration length)
            throws Exception {
        int messageBytes = (int) (ours.megabytesPerS() * 1e6 / VIEWERS / ours.messagesPerS());
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var command = new ArrayList<String>();
        command.add(Repository.java());
        command.addAll(Repository.javaFlags());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        Integer.toString(port),
                        Integer.toString(STREAMS),
                        Integer.toString(messageBytes),
                        Long.toString((long) (1e9 / ours.messagesPerS()))));
        Process peer =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            if (peer.inputReader().readLine() == null) {
                throw new IOException(program.getSimpleName() + " did not start");
            }
            URI prefix = URI.create("http://127.0.0.1:%d/".formatted(port));
            return deliver(peer.pid(), "", prefix, "", length);
        } finally {
            peer.destroyForcibly();
        }
    }

    private static long bytes(List<Viewer> viewers) {
        return viewers.stream().mapToLong(Viewer::bytes).sum();
    }
}
