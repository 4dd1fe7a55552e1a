package id.pantau.server.relay;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamName;
import id.pantau.server.health.Alarms;
import id.pantau.server.live.FlvSources;
import id.pantau.server.relay.RelayState.Phase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The relays of this server: the one place where one is added, changed or removed. The rows are
/// the truth; a copy in memory answers every question. They run from [#start()] to [#close()].
public final class Relays implements CameraListener, AutoCloseable {
    public static final int MOST = 100;

    private static final int ID_BYTES = 6;

    private final RelayRepository repository;
    private final RelayPush.Means means;
    private final SecureRandom random = new SecureRandom();
    private final Object changing = new Object(); // one change at a time
    private final Map<String, Relay> known = new ConcurrentHashMap<>();
    private final Map<String, RelayPush> running = new ConcurrentHashMap<>();
    private final RelayWatch watch;
    private boolean started; // guarded by changing

    /// Reads every relay; starts none.
    public Relays(
            RelayRepository repository,
            CameraStreams streams,
            FlvSources flv,
            RelayAddresses addresses,
            Sleeper sleeper,
            RandomGenerator random,
            Alarms alarms,
            Clock clock) {
        this.repository = repository;
        this.means = new RelayPush.Means(streams, flv, addresses, sleeper, random, clock);
        this.watch = new RelayWatch(this::states, alarms, sleeper, clock);
        repository.list().forEach(relay -> known.put(relay.id(), relay));
    }

    /// Starts those that are on, when the cameras' streams are known.
    public void start() {
        synchronized (changing) {
            started = true;
            known.values().forEach(this::begin);
        }
        watch.start();
    }

    /// By camera, then age.
    public List<Relay> list() {
        return known.values().stream()
                .sorted(
                        Comparator.comparing((Relay relay) -> relay.camera().value())
                                .thenComparing(Relay::createdAt)
                                .thenComparing(Relay::id))
                .toList();
    }

    /// @throws RelayException NOT_FOUND
    public Relay get(String id) {
        Relay relay = known.get(id);
        if (relay == null) {
            throw RelayException.notFound(id);
        }
        return relay;
    }

    public RelayState state(Relay relay) {
        RelayPush push = running.get(relay.id());
        return push == null
                ? new RelayState(Phase.OFF, relay.createdAt(), null, null, 0)
                : push.state();
    }

    private Map<Relay, RelayState> states() {
        var states = new HashMap<Relay, RelayState>();
        known.values().forEach(relay -> states.put(relay, state(relay)));
        return states;
    }

    /// @throws RelayException INVALID, TOO_MANY
    public Relay add(CameraId camera, StreamName stream, RelayTarget target, boolean enabled) {
        checkAddress(target);
        synchronized (changing) {
            if (known.size() >= MOST) {
                throw RelayException.tooMany(MOST);
            }
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(id);
            var relay =
                    new Relay(
                            HexFormat.of().formatHex(id),
                            camera,
                            stream,
                            target,
                            enabled,
                            means.clock().instant());
            repository.insert(relay);
            known.put(relay.id(), relay);
            begin(relay);
            return relay;
        }
    }

    /// A relay that changes begins anew; one that does not goes on untouched.
    ///
    /// @param change the wanted state, made from the present one; id and camera stay
    /// @throws RelayException NOT_FOUND, INVALID
    public Relay change(String id, UnaryOperator<Relay> change) {
        synchronized (changing) {
            Relay before = get(id);
            Relay after = change.apply(before);
            if (!after.equals(before)) {
                checkAddress(after.target());
                repository.update(after);
                known.put(id, after);
                end(id);
                begin(after);
            }
            return after;
        }
    }

    /// @throws RelayException NOT_FOUND
    public void remove(String id) {
        synchronized (changing) {
            Relay relay = get(id);
            repository.delete(relay.id());
            known.remove(id);
            end(id);
        }
    }

    @Override
    public void cameraSet(Camera camera) {
        // relays stay: what comes from the camera goes on when it comes again
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        synchronized (changing) {
            for (Relay relay : list()) {
                if (relay.camera().equals(camera.id())) {
                    remove(relay.id());
                }
            }
        }
    }

    /// Ends all of them at once and waits until the connections are closed.
    @Override
    public void close() {
        watch.close();
        synchronized (changing) {
            started = false;
            List<Thread> ending =
                    running.values().stream()
                            .map(push -> Thread.ofVirtual().start(push::close))
                            .toList();
            running.clear();
            for (Thread thread : ending) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void checkAddress(RelayTarget target) {
        means.addresses()
                .findRefusal(target)
                .ifPresent(sentence -> {
                    throw RelayException.invalid("url", "relay.urlRefused", sentence);
                });
    }

    private void begin(Relay relay) {
        if (started && relay.enabled()) {
            running.put(relay.id(), RelayPush.start(relay, means));
        }
    }

    private void end(String id) {
        RelayPush push = running.remove(id);
        if (push != null) {
            push.close();
        }
    }
}
