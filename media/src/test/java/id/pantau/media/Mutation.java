package id.pantau.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Damages inputs at random and holds one family of parsers to three bounds: nothing comes out but
/// what they declare, no input takes longer than [#HANG_AFTER], and none makes them allocate out of
/// proportion to its size.
///
/// Runs for `pantau.mutation.seconds` (default 1). The seed is printed; `pantau.mutation.seed`
/// repeats a run. With `pantau.mutation.report` set, the figures go into that folder, where
/// `./pantau bench mutation` collects them.
public final class Mutation {
    private static final Duration HANG_AFTER = Duration.ofSeconds(30);
    private static final int LARGEST_INPUT_BYTES = 64 << 10;
    private static final int MOST_REPEATS = 500;
    private static final int[] NASTY = {
        0,
        1,
        2,
        7,
        8,
        15,
        16,
        127,
        128,
        255,
        256,
        32_767,
        65_535,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        -1
    };
    private static final String NASTY_TEXT = "\"\\=:;,/@%$#*+<>\r\n\t -._09\0";
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String family;
    private final int parsers;
    private final List<byte[]> seeds;
    private final Bound bound;
    private final long seed = Long.getLong("pantau.mutation.seed", System.nanoTime());
    private long mutations;
    private long mostBytes;
    private long slowestNanos;
    private long cpuNanos;
    private volatile long beganNanos;
    private volatile byte[] current = new byte[0];
    private volatile @Nullable Throwable finding;

    /// @param bytes that may be allocated for the smallest input, buffers of fixed size included
    /// @param perInputByte that may be allocated for each byte of it
    public record Bound(long bytes, int perInputByte) {}

    /// Everything one family does with bytes off the network. Throws what leaves the family.
    public interface Parsers {
        void read(byte[] input) throws Exception;
    }

    /// @param family of parsers, one word
    /// @param parsers how many read each input
    /// @param seeds well-formed inputs, the most different ones there are
    public Mutation(String family, int parsers, List<byte[]> seeds, Bound bound) {
        this.family = family;
        this.parsers = parsers;
        this.seeds = List.copyOf(seeds);
        this.bound = bound;
    }

    public void run(Parsers target) throws IOException, InterruptedException {
        long seconds = Long.getLong("pantau.mutation.seconds", 1);
        System.out.printf("mutation of %s: seed %d%n", family, seed);
        long started = System.nanoTime();
        beganNanos = started;
        long end = started + Duration.ofSeconds(seconds).toNanos();
        Thread worker = Thread.ofPlatform().daemon().start(() -> work(target, end));
        while (!worker.join(Duration.ofMillis(200))) {
            if (System.nanoTime() - beganNanos > HANG_AFTER.toNanos()) {
                var hang = new AssertionError("one input takes longer than " + HANG_AFTER);
                hang.setStackTrace(worker.getStackTrace());
                finding = hang;
                break;
            }
        }
        double took = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "mutation of %s: %d inputs to %d parsers in %.0f s, at most %d KiB and %d ms each%n",
                family, mutations, parsers, took, mostBytes >> 10, slowestNanos / 1_000_000);
        report(took);
        Throwable found = finding;
        if (found != null) {
            throw new AssertionError(
                    "%s: seed %d, input %d: %s%n%s"
                            .formatted(
                                    family,
                                    seed,
                                    mutations,
                                    found,
                                    Base64.getEncoder().encodeToString(current)),
                    found);
        }
        assertThat(mutations).isPositive();
    }

    private void work(Parsers target, long end) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try {
            do {
                byte[] input = damaged(random);
                current = input;
                beganNanos = System.nanoTime();
                mostBytes = Math.max(mostBytes, check(input, bound, target));
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - beganNanos);
                mutations++;
            } while (System.nanoTime() - end < 0);
        } catch (Throwable e) {
            finding = e;
        }
        cpuNanos = THREADS.getCurrentThreadCpuTime();
    }

    /// Holds one input, as it is, to what leaves the parsers and to the bound of allocation.
    ///
    /// @return how many bytes were allocated
    public static long check(byte[] input, Bound bound, Parsers target) throws Exception {
        long limit = bound.bytes + (long) bound.perInputByte * input.length;
        long allocated = allocated(target, input);
        if (allocated > limit) { // the first of its kind loads classes: once more
            allocated = allocated(target, input);
        }
        assertThat(allocated)
                .as("bytes allocated for an input of %d", input.length)
                .isLessThanOrEqualTo(limit);
        return allocated;
    }

    private static long allocated(Parsers target, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        target.read(input.clone());
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private byte[] damaged(RandomGenerator random) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        byte[] bytes = Arrays.copyOf(input, Math.min(input.length, LARGEST_INPUT_BYTES));
        for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(9)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) NASTY_TEXT.charAt(random.nextInt(NASTY_TEXT.length()));
                case 3, 4 -> put(bytes, at, random);
                case 5 -> bytes = Arrays.copyOf(bytes, at);
                case 6 -> bytes = repeated(bytes, at, random);
                case 7 -> bytes = spliced(bytes, at, random);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int most = bytes.length - Math.max(from, at);
                    System.arraycopy(bytes, from, bytes, at, random.nextInt(most));
                }
            }
        }
        return bytes;
    }

    /// A number that hurts, in 1, 2 or 4 bytes.
    private static void put(byte[] bytes, int at, RandomGenerator random) {
        int value = NASTY[random.nextInt(NASTY.length)];
        int size = Math.min(1 << random.nextInt(3), bytes.length - at);
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >> 8 * (size - 1 - i));
        }
    }

    /// A short piece over and over: where each costs more than the one before, this shows.
    private static byte[] repeated(byte[] bytes, int at, RandomGenerator random) {
        int piece = 1 + random.nextInt(Math.min(40, bytes.length - at));
        int room = LARGEST_INPUT_BYTES - bytes.length;
        int times = Math.min(1 + random.nextInt(MOST_REPEATS), room / piece);
        byte[] longer = new byte[bytes.length + times * piece];
        System.arraycopy(bytes, 0, longer, 0, at);
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, at, longer, at + i * piece, piece);
        }
        System.arraycopy(bytes, at, longer, at + times * piece, bytes.length - at);
        return longer;
    }

    /// The front of this one and the end of another.
    private byte[] spliced(byte[] bytes, int at, RandomGenerator random) {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        int count = Math.min(other.length - from, LARGEST_INPUT_BYTES - at);
        byte[] both = Arrays.copyOf(bytes, at + count);
        System.arraycopy(other, from, both, at, count);
        return both;
    }

    private void report(double seconds) throws IOException {
        String folder = System.getProperty("pantau.mutation.report");
        if (folder == null) {
            return;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("family", family);
        figures.put("parsers", parsers);
        figures.put("seed", seed);
        figures.put("seconds", seconds);
        figures.put("cpuSeconds", cpuNanos / 1e9);
        figures.put("mutations", mutations);
        figures.put("mostBytes", mostBytes);
        figures.put("slowestMs", slowestNanos / 1_000_000);
        figures.put("finding", String.valueOf(finding));
        Path file = Path.of(folder).resolve(family + ".json");
        Files.writeString(file, new JsonMapper().writeValueAsString(figures) + "\n");
    }
}
