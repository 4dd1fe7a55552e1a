package id.pantau.server.onvif;

import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.onvif.OnvifException.Category;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Pulls one device's events for as long as it runs: the one retry loop of that device's events. An
/// attempt is one subscription and fails as a whole.
public final class EventPull {
    /// How long the device holds an empty answer back.
    private static final Duration WAIT = Duration.ofSeconds(10);

    /// A device that refuses the password, or has no events, will not change its mind soon; asking
    /// again and again would lock it.
    private static final Duration REFUSED = Duration.ofMinutes(15);

    /// A device that answers empty at once, against the standard, is not asked in a tight loop.
    private static final Duration SHORTEST_ROUND = Duration.ofMillis(500);

    private static final int MOST_AT_ONCE = 100;

    private final Supplier<OnvifDevice> opener;
    private final Consumer<Notification> events;
    private final Consumer<OnvifException> failures;
    private final Sleeper sleeper;
    private final Backoff backoff;
    private final Clock clock;

    /// @param opener connects; called for each attempt
    /// @param events told of each event, on the running thread
    /// @param failures told why an attempt ended
    public EventPull(
            Supplier<OnvifDevice> opener,
            Consumer<Notification> events,
            Consumer<OnvifException> failures,
            Sleeper sleeper,
            Backoff backoff,
            Clock clock) {
        this.opener = opener;
        this.events = events;
        this.failures = failures;
        this.sleeper = sleeper;
        this.backoff = backoff;
        this.clock = clock;
    }

    /// Runs until interrupted, then ends the subscription.
    public void run() throws InterruptedException {
        while (true) {
            OnvifException reason = runOnce();
            failures.accept(reason);
            boolean refused =
                    switch (reason.category()) {
                        case NOT_AUTHORISED, LOCKED_OUT, NOT_SUPPORTED, ADDRESS_REFUSED -> true;
                        case CLOCK_WRONG, REQUEST_REFUSED, NOT_ONVIF, TIMEOUT, UNREACHABLE -> false;
                    };
            sleeper.sleep(refused ? REFUSED : backoff.next());
        }
    }

    private OnvifException runOnce() throws InterruptedException {
        PullPoint point;
        try {
            point = opener.get().subscribe();
        } catch (OnvifException e) {
            stopIfInterrupted();
            return e;
        }
        try {
            return pull(point);
        } finally {
            unsubscribe(point);
        }
    }

    private OnvifException pull(PullPoint point) throws InterruptedException {
        Instant renewAt = clock.instant().plus(PullPoint.LIFETIME.dividedBy(2));
        while (true) {
            try {
                long startedNanos = System.nanoTime();
                var got = point.pull(WAIT, MOST_AT_ONCE);
                got.forEach(events);
                backoff.reset();
                if (!clock.instant().isBefore(renewAt)) {
                    renewAt = clock.instant().plus(PullPoint.LIFETIME.dividedBy(2));
                    renew(point);
                }
                long tookNanos = System.nanoTime() - startedNanos;
                if (got.isEmpty() && tookNanos < SHORTEST_ROUND.toNanos()) {
                    sleeper.sleep(SHORTEST_ROUND);
                }
                stopIfInterrupted();
            } catch (OnvifException e) {
                stopIfInterrupted();
                return e;
            }
        }
    }

    /// Some devices have no Renew and keep a subscription alive by the pulls; if not, the next pull
    /// fails and a new one is made.
    private static void renew(PullPoint point) {
        try {
            point.renew();
        } catch (OnvifException e) {
            if (e.category() != Category.NOT_SUPPORTED
                    && e.category() != Category.REQUEST_REFUSED) {
                throw e;
            }
        }
    }

    /// A device has few subscriptions to give; it gets this one back even on the way out.
    private static void unsubscribe(PullPoint point) {
        boolean interrupted = Thread.interrupted();
        try {
            point.unsubscribe();
        } catch (OnvifException _) {
            // it ends by itself within a minute
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }
}
