package id.pantau.media.rtp;

import java.time.Clock;
import java.util.function.LongSupplier;

/// The server's clock as a receiver sees it: when something arrived, how long after the thing
/// before, and whether the clock was set in between. Not thread-safe.
public final class ArrivalClock {
    /// A difference to the monotonic clock beyond this, from one reading to the next, is a clock
    /// that was set.
    private static final long STEP_MICROS = 1_000_000;

    private final Clock wall;
    private final LongSupplier monotonicNanos;
    private boolean started;
    private long nowMicros;
    private long nanos;
    private long elapsed90k;
    private long longest90k;
    private boolean stepped;

    public ArrivalClock(Clock wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
    }

    /// Reads both clocks.
    public void tick() {
        long micros = wall.millis() * 1000;
        long mono = monotonicNanos.getAsLong();
        if (started) {
            long byWall = micros - nowMicros;
            long byMonotonic = (mono - nanos) / 1000;
            stepped |= Math.abs(byWall - byMonotonic) > STEP_MICROS;
            boolean trusted = byWall >= 0 && Math.abs(byWall - byMonotonic) <= STEP_MICROS;
            elapsed90k += ticks(trusted ? byWall : byMonotonic);
            longest90k += ticks(Math.max(byWall, byMonotonic));
        }
        started = true;
        nowMicros = micros;
        nanos = mono;
    }

    /// Microseconds since 1970 at the last [#tick()].
    public long nowMicros() {
        return nowMicros;
    }

    /// Time passed since the beginning, in 1/90000 s; setting the clock does not count.
    public long elapsed90k() {
        return elapsed90k;
    }

    /// The same, believing whichever clock says more.
    public long longest90k() {
        return longest90k;
    }

    /// Whether the clock was set since this was last asked.
    public boolean takeStepped() {
        boolean result = stepped;
        stepped = false;
        return result;
    }

    private static long ticks(long micros) {
        return micros * 9 / 100;
    }
}
