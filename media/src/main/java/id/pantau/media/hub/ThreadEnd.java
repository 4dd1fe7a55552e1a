package id.pantau.media.hub;

/// Waits for a thread that must not outlive what it works with.
public final class ThreadEnd {
    private ThreadEnd() {}

    /// Returns when the thread has ended, also when the calling one is interrupted meanwhile, which
    /// it still is afterwards.
    public static void await(Thread thread) {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
