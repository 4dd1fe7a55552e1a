package id.pantau.server.recording;

import java.time.Duration;

/// How much a recorder that waits for something to happen may hold in memory.
///
/// @param lag how late a trigger may come and still find its pre-roll
/// @param cameraBytes bound for one camera
/// @param totalBytes bound for all cameras together
public record RingLimits(Duration lag, long cameraBytes, long totalBytes) {
    /// A quarter of the memory the JVM may take for all, of which one camera has at most half.
    public static RingLimits ofHeap() {
        long total = Runtime.getRuntime().maxMemory() / 4;
        return new RingLimits(Duration.ofSeconds(15), total / 2, total);
    }
}
