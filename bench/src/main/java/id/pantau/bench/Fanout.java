package id.pantau.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// 200 live viewers on 10 streams of 10 Mbit/s over WebSocket. Reports the bytes delivered per
/// second of server CPU: with everything the server does, and for the viewers alone (CPU without
/// viewers taken off).
final class Fanout implements Benchmark {
    private static final int STREAMS = 10;
    private static final int VIEWERS = 200;

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String about() {
        return "200 WebSocket viewers on 10 streams";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        var viewers = new ArrayList<Viewer>();
        try (var cameras = SimulatedCameras.start(STREAMS, Clips.camera10Mbit());
                var server =
                        ServerProcess.start(Scratch.empty("fanout").resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= STREAMS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            TimeUnit.SECONDS.sleep(30);
            double alone = percentOfCore(server, length);
            for (int i = 0; i < VIEWERS; i++) {
                String path = "/api/v1/cameras/cam" + (i % STREAMS + 1) + "/live/main";
                viewers.add(Viewer.open(server.uri(path), server.token()));
            }
            TimeUnit.SECONDS.sleep(30);
            long bytesBefore = bytes(viewers);
            Instant start = Instant.now();
            ProcessUsage before = ProcessUsage.of(server.pid());
            double withViewers = percentOfCore(server, length);
            double kernel = ProcessUsage.of(server.pid()).kernelShareSince(before);
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
            double megabytesPerS = (bytes(viewers) - bytesBefore) / 1e6 / seconds;
            long dead = viewers.stream().filter(viewer -> !viewer.alive()).count();
            return new Report(name())
                    .setting("streams", STREAMS)
                    .setting("viewers", VIEWERS)
                    .setting("seconds", length.toSeconds())
                    .figure("delivered", megabytesPerS, "MB/s")
                    .figure("server CPU without viewers", alone, "% core")
                    .figure("server CPU with viewers", withViewers, "% core")
                    .figure("of it in the kernel", 100 * kernel, "%")
                    .figure("per core, everything", megabytesPerS * 100 / withViewers, "MB/s")
                    .atLeast(
                            "per core, viewers alone",
                            megabytesPerS * 100 / Math.max(0.1, withViewers - alone),
                            "MB/s",
                            2500)
                    .atMost("viewers lost", dead, "", 0);
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    private static double percentOfCore(ServerProcess server, Duration length) throws Exception {
        ProcessUsage before = ProcessUsage.of(server.pid());
        Instant start = Instant.now();
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
        return ProcessUsage.of(server.pid())
                .percentOfCoreSince(before, Duration.between(start, Instant.now()));
    }

    private static long bytes(List<Viewer> viewers) {
        return viewers.stream().mapToLong(Viewer::bytes).sum();
    }
}
