package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a quiet server holds.
///
/// @param residentMebibytes of the process
/// @param heapMebibytes after a collection
/// @param threads of the operating system
/// @param descriptors open files and sockets
record SoakReading(
        double residentMebibytes,
        double heapMebibytes,
        int threads,
        int virtualThreads,
        int sockets,
        int descriptors) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern VIRTUAL =
            Pattern.compile("^#\\d+ .*\\bvirtual\\b", Pattern.MULTILINE);
    private static final double MIB = 1 << 20;

    /// @param scratch a folder for what the server is made to write down
    static SoakReading of(long pid, Path scratch) throws IOException, InterruptedException {
        ask(pid, "GC.run");
        double heap =
                USED.matcher(ask(pid, "GC.heap_info"))
                        .results()
                        .mapToDouble(found -> Double.parseDouble(found.group(1)) / 1024)
                        .sum();
        Path dump = scratch.resolve("threads.txt");
        ask(pid, "Thread.dump_to_file", "-overwrite", dump.toString());
        Path proc = Path.of("/proc", Long.toString(pid));
        int threads =
                THREADS.matcher(Files.readString(proc.resolve("status")))
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .sum();
        List<String> open = descriptors(proc.resolve("fd"));
        return new SoakReading(
                ProcessUsage.of(pid).residentBytes() / MIB,
                heap,
                threads,
                (int) VIRTUAL.matcher(Files.readString(dump)).results().count(),
                (int) open.stream().filter(target -> target.startsWith("socket:")).count(),
                open.size());
    }

    private static String ask(long pid, String... command)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        words.add(Long.toString(pid));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd %s: %s".formatted(command[0], answer));
        }
        return answer;
    }

    private static List<String> descriptors(Path folder) throws IOException {
        var targets = new ArrayList<String>();
        try (Stream<Path> links = Files.list(folder)) {
            for (Path link : (Iterable<Path>) links::iterator) {
                try {
                    targets.add(Files.readSymbolicLink(link).toString());
                } catch (IOException _) {
                    // closed between the list and the look
                }
            }
        }
        return targets;
    }
}
