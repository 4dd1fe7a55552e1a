package id.pantau.vision.worker;

import java.util.concurrent.Semaphore;

/// Lets as many jobs decode at once as there are cores, each all that has come for it: its pictures
/// are in the caches then, and no job is put aside in the middle of one. Thread-safe.
final class DecodeTurns {
    private final Semaphore free = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// One job's place in the queue. Confined to its thread.
    final class Turn implements AutoCloseable {
        private boolean taken;

        /// Waits for it, if it is not taken already.
        void take() {
            if (!taken) {
                free.acquireUninterruptibly();
                taken = true;
            }
        }

        void release() {
            if (taken) {
                taken = false;
                free.release();
            }
        }

        @Override
        public void close() {
            release();
        }
    }
}
