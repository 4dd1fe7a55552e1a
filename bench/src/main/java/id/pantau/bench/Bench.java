package id.pantau.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The command behind `./pantau bench`: runs one benchmark, or all short ones.
public final class Bench {
    private static final List<Benchmark> BENCHMARKS =
            List.of(
                    new Record32(),
                    new Fanout(),
                    new Relay(),
                    new Timeline(),
                    new Start(),
                    new Kills(),
                    new Reconnect(),
                    new Interop(),
                    new Volumes(),
                    new Mutation(),
                    new Whep(),
                    new Idle(),
                    new Latency(),
                    new Soak(),
                    new RtspRelay(),
                    new Accuracy(),
                    new Channels32(),
                    new Detect(),
                    new Overload(),
                    new WorkerKills(),
                    new Damaged());

    private Bench() {}

    /// Exit status 0: all bounds met; 1: one missed; 2: wrong usage.
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--help") || words.isEmpty()) {
            usage();
            System.exit(words.isEmpty() ? 2 : 0);
        }
        Optional<Benchmark> benchmark =
                BENCHMARKS.stream().filter(one -> one.name().equals(words.getFirst())).findFirst();
        if (benchmark.isEmpty()) {
            System.err.println("unknown benchmark: " + words.getFirst());
            usage();
            System.exit(2);
        }
        Duration length =
                option(words, "--seconds")
                        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                        .orElse(benchmark.orElseThrow().defaultLength());
        option(words, "--samples").ifPresent(dir -> System.setProperty(Accuracy.SAMPLES, dir));
        Report report = benchmark.orElseThrow().run(length);
        report.print(System.out);
        report.write(Repository.results());
        System.exit(report.met() ? 0 : 1);
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }

    private static void usage() {
        System.err.println("usage: ./pantau bench NAME [--seconds N] [--samples DIR]");
        for (Benchmark benchmark : BENCHMARKS) {
            System.err.printf(
                    "  %-10s %s, %d s%n",
                    benchmark.name(), benchmark.about(), benchmark.defaultLength().toSeconds());
        }
    }
}
