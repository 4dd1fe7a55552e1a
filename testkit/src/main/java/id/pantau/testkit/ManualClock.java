package id.pantau.testkit;

import id.pantau.media.hub.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that moves only when told, and the sleeper that goes with it: who sleeps here wakes when
/// [#advance] has passed the time. Thread-safe.
public final class ManualClock extends Clock implements Sleeper {
    /// How long, by the real clock, [#awaitSleepers] waits before it calls the test failed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    private final ZoneId zone;
    private final Time time;

    /// Shared by the clocks that [#withZone] makes.
    private static final class Time {
        final ReentrantLock lock = new ReentrantLock();
        final Condition changed = lock.newCondition();
        final List<Duration> wakeTimes = new ArrayList<>();
        Duration elapsed = Duration.ZERO;
        Instant wall;

        Time(Instant wall) {
            this.wall = wall;
        }
    }

    private ManualClock(ZoneId zone, Time time) {
        this.zone = zone;
        this.time = time;
    }

    public static ManualClock startingAt(Instant start) {
        return new ManualClock(ZoneOffset.UTC, new Time(start));
    }

    /// Starts on a fixed day, in UTC.
    public static ManualClock create() {
        return startingAt(START);
    }

    /// Lets time pass: [#instant] moves and every sleeper whose time has come wakes.
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time passes forwards only; use step: " + duration);
        }
        time.lock.lock();
        try {
            time.elapsed = time.elapsed.plus(duration);
            time.wall = time.wall.plus(duration);
            time.changed.signalAll();
        } finally {
            time.lock.unlock();
        }
    }

    /// Sets the wall clock forwards or back, as an NTP step does: no time passes and nobody wakes.
    public void step(Duration duration) {
        time.lock.lock();
        try {
            time.wall = time.wall.plus(duration);
        } finally {
            time.lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        time.lock.lockInterruptibly();
        try {
            Duration wakeAt = time.elapsed.plus(duration);
            if (wakeAt.compareTo(time.elapsed) <= 0) {
                return;
            }
            time.wakeTimes.add(wakeAt);
            time.changed.signalAll();
            try {
                while (time.elapsed.compareTo(wakeAt) < 0) {
                    time.changed.await();
                }
            } finally {
                time.wakeTimes.remove(wakeAt);
                time.changed.signalAll();
            }
        } finally {
            time.lock.unlock();
        }
    }

    /// Waits, by the real clock, until exactly `count` threads sleep on this one: then the code
    /// under test has come to rest and the clock may move.
    ///
    /// @throws AssertionError when that does not happen within 20 s
    public void awaitSleepers(int count) throws InterruptedException {
        time.lock.lockInterruptibly();
        try {
            long nanos = PATIENCE.toNanos();
            while (asleep() != count) {
                if (nanos <= 0) {
                    throw new AssertionError(
                            "%d threads sleep, %d were awaited for %s"
                                    .formatted(asleep(), count, PATIENCE));
                }
                nanos = time.changed.awaitNanos(nanos);
            }
        } finally {
            time.lock.unlock();
        }
    }

    /// Waits for `count` sleepers, then advances just enough to wake the one that is due first.
    ///
    /// @return how far the clock moved
    public Duration advanceToNextWake(int count) throws InterruptedException {
        awaitSleepers(count);
        time.lock.lock();
        try {
            Duration wait =
                    time.wakeTimes.stream()
                            .min(Comparator.naturalOrder())
                            .orElseThrow(() -> new AssertionError("nobody sleeps"))
                            .minus(time.elapsed);
            advance(wait);
            return wait;
        } finally {
            time.lock.unlock();
        }
    }

    /// How many threads sleep and are not due yet.
    public int sleepers() {
        time.lock.lock();
        try {
            return asleep();
        } finally {
            time.lock.unlock();
        }
    }

    @Override
    public Instant instant() {
        time.lock.lock();
        try {
            return time.wall;
        } finally {
            time.lock.unlock();
        }
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(other, time);
    }

    private int asleep() {
        return (int) time.wakeTimes.stream().filter(at -> at.compareTo(time.elapsed) > 0).count();
    }
}
