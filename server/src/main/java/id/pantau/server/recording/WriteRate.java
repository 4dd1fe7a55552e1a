package id.pantau.server.recording;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Bytes per second written to a volume, averaged over about a minute. Adding is for any thread,
/// measuring for one.
final class WriteRate {
    private static final double WINDOW_S = 60;

    private final LongSupplier nanoTime;
    private final LongAdder written = new LongAdder();
    private final LongAdder total = new LongAdder();
    private long measuredNanos;
    private double smoothed;
    private boolean measured;
    private volatile long bytesPerS;

    WriteRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.measuredNanos = nanoTime.getAsLong();
    }

    void add(long bytes) {
        written.add(bytes);
        total.add(bytes);
    }

    /// Since the start.
    long totalBytes() {
        return total.sum();
    }

    void measure() {
        long now = nanoTime.getAsLong();
        double seconds = (now - measuredNanos) / 1e9;
        if (seconds < 0.5) {
            return;
        }
        measuredNanos = now;
        double rate = written.sumThenReset() / seconds;
        double weight = measured ? 1 - Math.exp(-seconds / WINDOW_S) : 1;
        measured = measured || rate > 0;
        smoothed += weight * (rate - smoothed);
        bytesPerS = Math.round(smoothed);
    }

    long bytesPerS() {
        return bytesPerS;
    }
}
