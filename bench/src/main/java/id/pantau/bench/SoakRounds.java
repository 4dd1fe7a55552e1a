package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// The rounds of [Soak]: clients come and go, all leave, and what the server holds then is read.
final class SoakRounds {
    private static final int ROUNDS = 12;
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// A stream goes on for 15 s after its last viewer, and is looked at twice a second.
    private static final double LONGEST_PULL_S = 16.5;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Behind the end of the pulls, for connections and threads that linger.
    private static final Duration REST = Duration.ofSeconds(35);

    private static final int WARM_UP_SHARE = 3;
    private static final int FEW = 8;

    private final ServerProcess server;
    private final SoakCrowd crowd;
    private final SoakPublishers publishers;
    private final Set<String> onDemand;
    private final Path scratch;
    private final List<SoakReading> readings = new ArrayList<>();
    private int warmRounds = 1;
    private double slowestEndS;

    /// @param onDemand the cameras that are pulled only while somebody watches
    SoakRounds(
            ServerProcess server,
            SoakCrowd crowd,
            SoakPublishers publishers,
            List<String> onDemand,
            Path scratch) {
        this.server = server;
        this.crowd = crowd;
        this.publishers = publishers;
        this.onDemand = Set.copyOf(onDemand);
        this.scratch = scratch;
    }

    /// One at least.
    void run(Duration length, RandomGenerator random) throws Exception {
        var round =
                Duration.ofMillis(
                        Math.clamp(
                                length.toMillis() / ROUNDS,
                                SHORTEST.toMillis(),
                                LONGEST.toMillis()));
        Instant begin = Instant.now();
        while (readings.isEmpty() || Instant.now().isBefore(begin.plus(length))) {
            once(round, random);
            if (Instant.now().isBefore(begin.plus(length.dividedBy(WARM_UP_SHARE)))) {
                warmRounds = readings.size();
            }
        }
    }

    private void once(Duration round, RandomGenerator random) throws Exception {
        Instant until = Instant.now().plus(round);
        var restarting =
                new FutureTask<Void>(() -> {
                    publishers.restart(random, until);
                    return null;
                });
        Thread.ofVirtual().start(restarting);
        crowd.visit(until);
        restarting.get();
        double endS = awaitEndOfPulls();
        slowestEndS = Math.max(slowestEndS, endS);
        TimeUnit.MILLISECONDS.sleep(REST.toMillis());
        SoakReading reading = SoakReading.of(server.pid(), scratch);
        readings.add(reading);
        System.out.printf(
                "round %d: pulls ended after %.1f s, %.0f MiB resident, %.0f MiB heap, "
                        + "%d + %d virtual threads, %d sockets of %d descriptors%n",
                readings.size(),
                endS,
                reading.residentMebibytes(),
                reading.heapMebibytes(),
                reading.threads(),
                reading.virtualThreads(),
                reading.sockets(),
                reading.descriptors());
    }

    /// @return how long after the last client had left no camera was pulled that nobody records
    private double awaitEndOfPulls() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Set<String> pulled = new HashSet<>();
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                if (!camera.at("/state/main/phase").asString("").equals("idle")) {
                    pulled.add(camera.get("id").asString());
                }
            }
            pulled.retainAll(onDemand);
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            if (pulled.isEmpty() || passed.compareTo(PATIENCE) > 0) {
                return passed.toMillis() / 1e3;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    void addTo(Report report) {
        SoakReading first = readings.getFirst();
        SoakReading warm = readings.get(warmRounds - 1);
        SoakReading last = readings.getLast();
        double resident = last.residentMebibytes();
        report.setting("rounds", readings.size())
                .atMost("slowest end of the last pull", slowestEndS, "s", LONGEST_PULL_S)
                .figure("resident after the first round", first.residentMebibytes(), "MiB")
                .figure("resident after the last round", resident, "MiB")
                .atMost(
                        "growth since the first round",
                        resident - first.residentMebibytes(),
                        "MiB",
                        64)
                .atMost(
                        "growth in the last two thirds",
                        resident - warm.residentMebibytes(),
                        "MiB",
                        16)
                .figure("heap after the first round", first.heapMebibytes(), "MiB")
                .figure("heap after the last round", last.heapMebibytes(), "MiB");
        grown(report, "threads", first.threads(), last.threads());
        grown(report, "virtual threads", first.virtualThreads(), last.virtualThreads());
        grown(report, "sockets", first.sockets(), last.sockets());
        grown(report, "descriptors", first.descriptors(), last.descriptors());
    }

    private static void grown(Report report, String what, int first, int last) {
        report.figure(what + " after the first round", first, "")
                .atMost("more " + what + " after the last", last - first, "", FEW);
    }
}
