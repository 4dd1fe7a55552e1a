package id.pantau.server.vision;

import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.server.health.LastingTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Raises an alarm for a worker of another machine that came once and stays away, and clears it
/// when the worker is back or is removed.
final class WorkerWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// A machine that is restarted is back by then, and so is a worker after a restart of this
    /// server: it tries again every 30 s at the latest.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// One that comes and goes again and again is not back.
    static final Duration BACK_AFTER = Duration.ofSeconds(10);

    private final Supplier<Map<String, Optional<Instant>>> workers;
    private final Alarms alarms;
    private final Clock clock;
    private final Rounds rounds;
    private final LastingTrouble away = new LastingTrouble(PATIENCE);

    /// @param workers that came once, by name, with the time since when each is connected
    WorkerWatch(
            Supplier<Map<String, Optional<Instant>>> workers,
            Alarms alarms,
            Sleeper sleeper,
            Clock clock) {
        this.workers = workers;
        this.alarms = alarms;
        this.clock = clock;
        this.rounds = new Rounds("worker-watch", EVERY, sleeper, this::look);
    }

    void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    void look() {
        Instant now = clock.instant();
        workers.get()
                .forEach((name, connected) -> {
                    boolean missed = away.isKnown(name);
                    if (connected.isPresent()
                            && (!missed
                                    || !now.isBefore(connected.orElseThrow().plus(BACK_AFTER)))) {
                        return;
                    }
                    if (away.lasts(name, now)) {
                        away.alarmed(name);
                        raise(name);
                    }
                });
        away.endRound(name -> alarms.clear(alarmId(name)));
    }

    private void raise(String name) {
        alarms.raise(
                alarmId(name),
                Alarm.Kind.WORKER,
                name,
                "AWAY",
                "The worker \"%s\" does not come back; what it analysed is analysed elsewhere."
                        .formatted(name));
    }

    private static String alarmId(String name) {
        return "worker-" + name;
    }
}
