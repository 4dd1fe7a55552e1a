package id.pantau.server.app;

import java.io.PrintWriter;
import java.time.Duration;

/// Says every other second how far an analysis has come.
final class AnalysisProgress {
    private static final long EVERY_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final Duration length;
    private final long startNanos = System.nanoTime();
    private long saidNanos = startNanos;
    private Duration at = Duration.ZERO;

    /// @param length zero when it is not known
    AnalysisProgress(PrintWriter out, Duration length) {
        this.out = out;
        this.length = length;
    }

    void reached(Duration now) {
        at = now;
        long nanos = System.nanoTime();
        if (nanos - saidNanos >= EVERY_NANOS) {
            saidNanos = nanos;
            say();
        }
    }

    void end() {
        say();
    }

    private void say() {
        double seconds = at.toMillis() / 1e3;
        double speed = seconds / Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
        String of =
                length.isZero()
                        ? ""
                        : " of %.1f".formatted(Math.max(seconds, length.toMillis() / 1e3));
        out.printf("%.1f%s s, %.1f times as fast as it plays%n", seconds, of, speed);
        out.flush();
    }
}
