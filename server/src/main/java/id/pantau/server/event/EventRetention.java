package id.pantau.server.event;

import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// Deletes events that are older than their camera's recordings may become, once an hour.
public final class EventRetention implements AutoCloseable {
    private static final Duration EVERY = Duration.ofHours(1);

    private final Events events;
    private final Supplier<Map<String, Duration>> kept;
    private final Clock clock;
    private final Rounds rounds;

    /// @param kept how long, by camera; asked anew each time
    public EventRetention(
            Events events, Supplier<Map<String, Duration>> kept, Sleeper sleeper, Clock clock) {
        this.events = events;
        this.kept = kept;
        this.clock = clock;
        this.rounds = new Rounds("event-retention", EVERY, sleeper, this::expire);
    }

    public void start() {
        rounds.start();
    }

    private void expire() {
        kept.get().forEach((camera, time) -> events.forget(camera, clock.instant().minus(time)));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
