package id.pantau.server.relay;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.server.health.LastingTrouble;
import id.pantau.server.relay.RelayState.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/// Raises an alarm for a relay that has not got through for a while, and clears it when it pushes
/// again. A camera that is away has its own alarm: its relays have nothing to push and none.
final class RelayWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// A server that is restarted is back by then.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// One that is let in and cut off again and again does not push.
    static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);

    private final Supplier<Map<Relay, RelayState>> relays;
    private final Alarms alarms;
    private final Clock clock;
    private final Rounds rounds;
    private final LastingTrouble failing = new LastingTrouble(PATIENCE);

    RelayWatch(
            Supplier<Map<Relay, RelayState>> relays, Alarms alarms, Sleeper sleeper, Clock clock) {
        this.relays = relays;
        this.alarms = alarms;
        this.clock = clock;
        this.rounds = new Rounds("relay-watch", EVERY, sleeper, this::look);
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
        relays.get()
                .forEach((relay, state) -> {
                    boolean healthy =
                            switch (state.phase()) {
                                case OFF, NO_MEDIA -> true;
                                case PUSHING -> !now.isBefore(state.since().plus(HEALTHY_AFTER));
                                case CONNECTING, WAITING -> false;
                            };
                    StreamEnd end = state.lastEnd();
                    boolean known = failing.isKnown(relay.id());
                    if (healthy || (!known && state.phase() == Phase.PUSHING)) {
                        return;
                    }
                    if (failing.lasts(relay.id(), now) && end != null) {
                        failing.alarmed(relay.id());
                        alarms.raise(
                                alarmId(relay.id()),
                                Alarm.Kind.RELAY,
                                relay.camera().value(),
                                "FAILING",
                                "The relay to %s does not get through: %s"
                                        .formatted(relay.target().shown(), end.detail()));
                    }
                });
        failing.endRound(id -> alarms.clear(alarmId(id)));
    }

    private static String alarmId(String relay) {
        return "relay-" + relay;
    }
}
