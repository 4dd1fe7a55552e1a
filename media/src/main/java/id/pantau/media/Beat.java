package id.pantau.media;

import java.time.Duration;

/// The moments at which a connection takes the media that came, 20 ms apart and the same for all of
/// them. Senders write a packet or two at a time, and a read that wakes a thread for them costs
/// more than they do; what came on any connection until the next beat is taken with one wake-up.
/// One for each connection, confined to the thread that reads.
public final class Beat {
    private static final long NANOS = 20_000_000;

    /// A stream of few bytes that nobody waits for. No multiple of the time between pictures, so
    /// that now and then one is taken as soon as it comes: the wall clock's line is drawn through
    /// these.
    private static final long LONG_NANOS = 23 * NANOS;

    /// After a read of this many bytes there may be more, and the sender's window must not fill.
    private static final int GULP_BYTES = 32 << 10;

    /// So much may come in a long beat: a fraction of any connection's buffer.
    private static final long FEW_BYTES = 24 << 10;

    private static final long WINDOW_NANOS = 1_000_000_000;

    private long windowStart = System.nanoTime();
    private long windowBytes;
    private boolean few;

    /// Sleeps until the next beat, unless much was read.
    ///
    /// @param readBytes by the last read
    /// @param awaited whether somebody takes the media as it comes
    public void restAfter(int readBytes, boolean awaited) throws InterruptedException {
        long now = System.nanoTime();
        measure(readBytes, now);
        if (readBytes < GULP_BYTES) {
            long beat = awaited || !few ? NANOS : LONG_NANOS;
            Thread.sleep(Duration.ofNanos(beat - Math.floorMod(now, beat)));
        }
    }

    private void measure(int readBytes, long now) {
        windowBytes += readBytes;
        long passed = now - windowStart;
        if (passed >= WINDOW_NANOS) {
            few = windowBytes * LONG_NANOS / passed < FEW_BYTES;
            windowStart = now;
            windowBytes = 0;
        }
    }
}
