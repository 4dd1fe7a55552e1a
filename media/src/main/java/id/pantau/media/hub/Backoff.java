package id.pantau.media.hub;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waiting times between attempts: doubling from `first` to `longest`, each spread over 50..100 %
/// so that cameras that failed together do not return together. Not thread-safe.
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    public Duration next() {
        Duration whole = next;
        next = whole.multipliedBy(2).compareTo(longest) > 0 ? longest : whole.multipliedBy(2);
        return Duration.ofMillis((long) (whole.toMillis() * (0.5 + random.nextDouble() / 2)));
    }

    public void reset() {
        next = first;
    }
}
