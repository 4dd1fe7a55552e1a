package id.pantau.media.rtsp;

import java.time.Duration;

/// Ends a read that waits for bytes which no longer come, from a virtual thread of its own. A read
/// with a timeout would do it too, but it costs each read of a channel two changes of the socket's
/// mode and a timer: a tenth of all that receiving a stream costs.
final class SilenceGuard implements AutoCloseable {
    private final RtspConnection connection;
    private final Duration limit;
    private final Thread thread;
    private volatile long heardAtNanos = System.nanoTime();

    /// @param limit how long the camera may be silent; noticed a quarter later at most
    SilenceGuard(RtspConnection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
        this.thread = Thread.ofVirtual().name("silence").start(this::guard);
    }

    /// Called by the reader after each read.
    void heard(long nanoTime) {
        heardAtNanos = nanoTime;
    }

    private void guard() {
        try {
            while (System.nanoTime() - heardAtNanos <= limit.toNanos()) {
                Thread.sleep(limit.dividedBy(4));
            }
            connection.stopReading();
        } catch (InterruptedException _) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
