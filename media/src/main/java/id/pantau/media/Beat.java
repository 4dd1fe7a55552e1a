package id.pantau.media;

import java.time.Duration;

/// The moments at which connections take the media that came, 20 ms apart and the same for all of
/// them. Senders write a packet or two at a time, and a read that wakes a thread for them costs
/// more than they do; what came on any connection until the next beat is taken with one wake-up.
public final class Beat {
    private static final long NANOS = 20_000_000;

    /// After a read of this many bytes there may be more, and the sender's window must not fill.
    private static final int GULP_BYTES = 32 << 10;

    private Beat() {}

    /// Sleeps until the next beat, unless much was read.
    ///
    /// @param readBytes by the last read
    public static void restAfter(int readBytes) throws InterruptedException {
        if (readBytes < GULP_BYTES) {
            Thread.sleep(Duration.ofNanos(NANOS - Math.floorMod(System.nanoTime(), NANOS)));
        }
    }
}
