package id.pantau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// 16 streams, pulled and pushed, recorded and not, with clients of every protocol coming and going
/// at random. After each round all leave: then no camera may be pulled that need not be, and what
/// the server holds must be what it held after the first round.
final class Soak implements Benchmark {
    private static final int RECORDED = 4;
    private static final int ON_DEMAND = 8;
    private static final int PUBLISHED = 4;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String about() {
        return "16 streams, clients of every protocol coming and going";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofHours(2);
    }

    @Override
    public Report run(Duration length) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Path work = Scratch.empty("soak");
        int rtspPort = ServerProcess.freePort();
        int rtmpPort = ServerProcess.freePort();
        var ports =
                Map.of(
                        "PANTAU_RTSP_PORT", Integer.toString(rtspPort),
                        "PANTAU_RTMP_PORT", Integer.toString(rtmpPort));
        List<String> recorded = names("rec", RECORDED);
        List<String> onDemand = names("cam", ON_DEMAND);
        List<String> published = names("pub", PUBLISHED);
        Path clip = Clips.small();
        try (var cameras = SimulatedCameras.start(RECORDED + ON_DEMAND, clip);
                var server = ServerProcess.start(work.resolve("home"), List.of(), ports)) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 0; i < RECORDED; i++) {
                server.addCamera(recorded.get(i), cameras.url(i + 1));
            }
            for (int i = 0; i < ON_DEMAND; i++) {
                server.addOnDemand(onDemand.get(i), cameras.url(RECORDED + i + 1));
            }
            try (var publishers =
                    SoakPublishers.start(server, rtspPort, rtmpPort, published, clip)) {
                var client = new SoakClient(server, rtspPort, rtmpPort, server.streamPassword());
                List<String> steady = Stream.of(recorded, onDemand).flatMap(List::stream).toList();
                var crowd = new SoakCrowd(client, steady, published, seed);
                var rounds = new SoakRounds(server, crowd, publishers, onDemand, work);
                rounds.run(length, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
                var report =
                        new Report(name())
                                .setting("seconds", length.toSeconds())
                                .setting("seed", seed)
                                .setting("streams", RECORDED + ON_DEMAND + PUBLISHED)
                                .setting("clients at once", crowd.size());
                crowd.addTo(report);
                rounds.addTo(report);
                return report;
            }
        }
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }
}
