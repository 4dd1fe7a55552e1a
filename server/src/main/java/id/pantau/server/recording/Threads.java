package id.pantau.server.recording;

import java.time.Duration;

/// Waits for threads that end by a flag. They are never interrupted: an interrupt would close the
/// file channel that the thread happens to use (`InterruptibleChannel`).
final class Threads {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Threads() {}

    /// Gives up on a thread that a dead disk holds.
    ///
    /// @return whether it has ended
    static boolean join(Thread thread) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
