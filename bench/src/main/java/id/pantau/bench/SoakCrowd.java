package id.pantau.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Clients that come and go at random: each watches some camera in some way for a while, leaves,
/// and comes back as another. Who meets a camera whose publisher is just away may see nothing.
final class SoakCrowd {
    private static final int CLIENTS = 40;
    private static final Duration SHORTEST = Duration.ofSeconds(6);
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final int LONGEST_PAUSE_MS = 2000;

    /// Who vanishes without a word is missed for at most so long.
    private static final Duration MISSED_AFTER = Duration.ofSeconds(40);

    private static final int TOLD = 20;

    private final SoakClient client;
    private final List<String> steady;
    private final List<String> cameras;
    private final List<RandomGenerator> randoms = new ArrayList<>();
    private final Map<SoakWay, Visits> visits = new EnumMap<>(SoakWay.class);

    /// What the visits by one way came to.
    ///
    /// @param failed of the cameras that are always there
    /// @param away of those whose publisher may have been away, turned away or cut off
    private record Visits(LongAdder all, LongAdder bytes, LongAdder failed, LongAdder away) {}

    /// @param steady cameras that are always there
    /// @param published cameras whose publishers come and go
    SoakCrowd(SoakClient client, List<String> steady, List<String> published, long seed) {
        this.client = client;
        this.steady = List.copyOf(steady);
        this.cameras = new ArrayList<>(steady);
        cameras.addAll(published);
        for (int i = 0; i < CLIENTS; i++) {
            randoms.add(RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i));
        }
        for (SoakWay way : SoakWay.values()) {
            visits.put(
                    way,
                    new Visits(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()));
        }
    }

    int size() {
        return CLIENTS;
    }

    /// Blocks until the last one has left, which is then.
    void visit(Instant until) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (RandomGenerator random : randoms) {
            threads.add(Thread.ofVirtual().start(() -> comeAndGo(random, until)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    void addTo(Report report) {
        long failed = 0;
        long away = 0;
        for (SoakWay way : SoakWay.values()) {
            Visits seen = figures(way);
            report.figure("visits by " + way.text(), seen.all().sum(), "");
            report.figure("media by " + way.text(), seen.bytes().sum() / 1e6, "MB");
            failed += seen.failed().sum();
            away += seen.away().sum();
        }
        report.figure("visits cut short by a publisher's leaving", away, "");
        report.atMost("visits without media, or cut off", failed, "", 0);
    }

    private Visits figures(SoakWay way) {
        Visits found = visits.get(way);
        if (found == null) {
            throw new AssertionError(way);
        }
        return found;
    }

    private void comeAndGo(RandomGenerator random, Instant until) {
        SoakWay[] ways = SoakWay.values();
        try {
            while (true) {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MS));
                SoakWay way = ways[random.nextInt(ways.length)];
                String camera = cameras.get(random.nextInt(cameras.size()));
                long lengthMs = random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis());
                boolean polite = random.nextBoolean();
                Duration left = Duration.between(Instant.now(), until);
                Duration leftHere = left.minus(way.unnoticed());
                if (left.compareTo(SHORTEST) < 0) {
                    return;
                }
                if (leftHere.compareTo(SHORTEST) >= 0) {
                    var length = Duration.ofMillis(Math.min(lengthMs, leftHere.toMillis()));
                    visit(way, camera, length, polite || left.compareTo(MISSED_AFTER) < 0);
                }
            }
        } catch (InterruptedException _) {
            // the benchmark ends early
        }
    }

    private void visit(SoakWay way, String camera, Duration length, boolean polite)
            throws InterruptedException {
        Visits seen = figures(way);
        seen.all().increment();
        String why = "no media";
        try {
            long bytes = client.watch(way, camera, length, polite);
            seen.bytes().add(bytes);
            if (bytes > 0) {
                return;
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            why = e + (e.getCause() == null ? "" : ", " + e.getCause());
        }
        if (!steady.contains(camera)) {
            seen.away().increment();
            return;
        }
        seen.failed().increment();
        if (seen.failed().sum() <= TOLD) {
            System.out.printf("%s of %s: %s%n", way.text(), camera, why);
        }
    }
}
