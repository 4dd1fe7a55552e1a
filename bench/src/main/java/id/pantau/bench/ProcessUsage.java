package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a process has used so far, from Linux' `/proc` (proc(5)).
///
/// @param user CPU time in user mode, all threads
/// @param system CPU time in kernel mode, all threads
/// @param residentBytes RSS now
/// @param proportionalBytes PSS now: shared pages divided among those who share them
record ProcessUsage(Duration user, Duration system, long residentBytes, long proportionalBytes) {
    /// `USER_HZ`, 100 on every Linux that Java runs on.
    private static final long TICKS_PER_SECOND = 100;

    static ProcessUsage of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcessUsage(
                ticks(fields[11]),
                ticks(fields[12]),
                kibibytes(Files.readAllLines(proc.resolve("status")), "VmRSS:"),
                kibibytes(smapsRollup(proc), "Pss:"));
    }

    static ProcessUsage sum(List<Long> pids) throws IOException {
        var sum = new ProcessUsage(Duration.ZERO, Duration.ZERO, 0, 0);
        for (long pid : pids) {
            ProcessUsage one = of(pid);
            sum =
                    new ProcessUsage(
                            sum.user.plus(one.user),
                            sum.system.plus(one.system),
                            sum.residentBytes + one.residentBytes,
                            sum.proportionalBytes + one.proportionalBytes);
        }
        return sum;
    }

    Duration cpu() {
        return user.plus(system);
    }

    /// @return CPU time since `earlier` in percent of one core
    double percentOfCoreSince(ProcessUsage earlier, Duration wall) {
        return 100.0 * cpu().minus(earlier.cpu()).toNanos() / wall.toNanos();
    }

    /// @return how much of the CPU time since `earlier` was the kernel's, 0..1
    double kernelShareSince(ProcessUsage earlier) {
        long kernel = system.minus(earlier.system()).toNanos();
        return (double) kernel / Math.max(1, cpu().minus(earlier.cpu()).toNanos());
    }

    private static Duration ticks(String value) {
        return Duration.ofMillis(Long.parseLong(value) * 1000 / TICKS_PER_SECOND);
    }

    private static List<String> smapsRollup(Path proc) throws IOException {
        try {
            return Files.readAllLines(proc.resolve("smaps_rollup"));
        } catch (NoSuchFileException _) {
            return List.of(); // a kernel without it: PSS reads 0
        }
    }

    private static long kibibytes(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
