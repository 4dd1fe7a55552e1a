package id.pantau.server.camera;

import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.onvif.Credentials;
import id.pantau.server.onvif.DeviceAddress;
import id.pantau.server.onvif.EventPull;
import id.pantau.server.onvif.Onvif;
import id.pantau.server.onvif.OnvifException;
import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.server.onvif.PresetPatrol;
import id.pantau.server.onvif.PtzVector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cameras over ONVIF: connects when one is first asked for, remembers what was found until its
/// settings change or it fails, pulls the events of each enabled one, and runs patrols. A change of
/// one camera touches that camera only. Thread-safe.
public final class CameraDevices implements CameraListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraDevices.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /// A password that was refused is not shown again so soon, whoever asks.
    private static final Duration REFUSED = Duration.ofMinutes(15);

    private record Refusal(OnvifException cause, Instant until) {}

    private record How(DeviceAddress address, @Nullable Credentials credentials, boolean enabled) {}

    private static final class Known {
        final How how;
        final Thread events;
        volatile @Nullable Refusal refusal;
        volatile @Nullable CameraDevice device;
        volatile @Nullable PresetPatrol patrol; // written under `changing`

        Known(How how, Function<Known, Thread> events) {
            this.how = how;
            this.events = events.apply(this);
        }
    }

    private final Onvif onvif;
    private final Consumer<DeviceEvent> told;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Clock clock;
    private final Map<CameraId, Known> cameras = new ConcurrentHashMap<>();
    private final Object changing = new Object(); // patrols start and end one at a time

    /// @param told of each event, on the thread of that camera's events
    public CameraDevices(
            Onvif onvif,
            Consumer<DeviceEvent> told,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {
        this.onvif = onvif;
        this.told = told;
        this.sleeper = sleeper;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public void cameraSet(Camera camera) {
        DeviceAddress address = camera.onvif();
        How how = address == null ? null : new How(address, credentials(camera), camera.enabled());
        Known before = cameras.get(camera.id());
        if (before != null && before.how.equals(how)) {
            return;
        }
        forget(camera.id());
        if (how != null) {
            var known = new Known(how, one -> events(camera.id(), one));
            cameras.put(camera.id(), known);
            if (how.enabled()) {
                known.events.start();
            }
        }
    }

    private static @Nullable Credentials credentials(Camera camera) {
        String username = camera.username();
        Secret password = camera.password();
        return username == null
                ? null
                : new Credentials(username, password == null ? "" : password.reveal());
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        forget(camera.id());
    }

    /// Its threads end soon; nobody waits for a device that is slow to say goodbye.
    private void forget(CameraId id) {
        Known gone = cameras.remove(id);
        if (gone != null) {
            gone.events.interrupt();
            PresetPatrol patrol = gone.patrol;
            if (patrol != null) {
                Thread.ofVirtual().start(patrol::close);
            }
        }
    }

    private Thread events(CameraId id, Known known) {
        var changes = new EventChanges(id, clock);
        var pull =
                new EventPull(
                        () -> connected(known).device(),
                        notification -> changes.of(notification).ifPresent(told),
                        failure -> {
                            LOG.info("events of camera {} ended: {}", id, failure.sentence());
                            forgetUnreachable(known, failure);
                        },
                        sleeper,
                        new Backoff(FIRST_RETRY, LONGEST_RETRY, random),
                        clock);
        return Thread.ofVirtual()
                .name("onvif-events-" + id)
                .unstarted(() -> {
                    try {
                        pull.run();
                    } catch (InterruptedException _) {
                        // forgotten
                    }
                });
    }

    /// Connects when it has not yet, which takes up to half a minute.
    ///
    /// @throws OnvifException NOT_SUPPORTED when the camera has no ONVIF address
    public CameraDevice get(CameraId id) {
        return connected(known(id));
    }

    private CameraDevice connected(Known known) {
        CameraDevice device = known.device;
        if (device != null) {
            return device;
        }
        Refusal refusal = known.refusal;
        if (refusal != null && clock.instant().isBefore(refusal.until())) {
            OnvifException cause = refusal.cause();
            throw new OnvifException(cause.category(), cause.sentence(), cause);
        }
        try {
            device = CameraDevice.of(onvif.connect(known.how.address(), known.how.credentials()));
            known.device = device; // two at once both connect; either will do
            return device;
        } catch (OnvifException e) {
            if (e.category() == Category.NOT_AUTHORISED || e.category() == Category.LOCKED_OUT) {
                known.refusal = new Refusal(e, clock.instant().plus(REFUSED));
            }
            throw e;
        }
    }

    private Known known(CameraId id) {
        Known known = cameras.get(id);
        if (known == null) {
            throw new OnvifException(
                    Category.NOT_SUPPORTED,
                    "Camera %s has no ONVIF address; give it one in its settings.".formatted(id));
        }
        return known;
    }

    /// Asks a camera for its time, and says what is unusual about it.
    ///
    /// @throws OnvifException NOT_SUPPORTED when the camera has no ONVIF address
    public List<id.pantau.server.onvif.Finding> examine(CameraId id) {
        return ask(
                id,
                device -> {
                    device.device().readClock();
                    return device.device().findings();
                });
    }

    /// Whether the camera lists an audio output.
    ///
    /// @throws OnvifException NOT_SUPPORTED when the camera has no ONVIF address
    boolean hasLoudspeaker(CameraId id) {
        return ask(id, device -> !device.device().media().audioOutputs().isEmpty());
    }

    /// [PtzFacts#NONE] when the camera has no ONVIF address or no drive.
    public PtzFacts ptz(CameraId id) {
        if (!cameras.containsKey(id)) {
            return PtzFacts.NONE;
        }
        PresetPatrol patrol = known(id).patrol;
        return ask(id, device -> device.ptz(patrol != null && patrol.running()));
    }

    /// Ends a patrol: who moves a camera by hand wants it to stay.
    public void move(CameraId id, PtzVector speed, Duration timeout) {
        byHand(id, device -> device.move(speed, timeout));
    }

    public void moveTo(CameraId id, PtzVector position) {
        byHand(id, device -> device.moveTo(position));
    }

    public void moveBy(CameraId id, PtzVector distance) {
        byHand(id, device -> device.moveBy(distance));
    }

    public void stop(CameraId id) {
        byHand(id, CameraDevice::stop);
    }

    public void gotoHome(CameraId id) {
        byHand(id, CameraDevice::gotoHome);
    }

    public void gotoPreset(CameraId id, String preset) {
        byHand(id, device -> device.gotoPreset(preset));
    }

    /// @return the new preset's token
    public String setPreset(CameraId id, String name) {
        return ask(id, device -> device.setPreset(name));
    }

    public void removePreset(CameraId id, String preset) {
        ask(
                id,
                device -> {
                    device.removePreset(preset);
                    return preset;
                });
    }

    /// Replaces a patrol that runs.
    ///
    /// @param presets tokens, not empty
    /// @param stay at each, [PresetPatrol#SHORTEST_STAY] or more
    public void patrol(CameraId id, List<String> presets, Duration stay) {
        Known known = known(id);
        CameraDevice device = get(id);
        endPatrol(known);
        synchronized (changing) {
            if (cameras.get(id) == known && known.patrol == null) {
                known.patrol = PresetPatrol.start(device::gotoPreset, presets, stay, sleeper);
            }
        }
    }

    public void endPatrol(CameraId id) {
        endPatrol(known(id));
    }

    private void endPatrol(Known known) {
        PresetPatrol running;
        synchronized (changing) {
            running = known.patrol;
            known.patrol = null;
        }
        if (running != null) {
            running.close();
        }
    }

    private void byHand(CameraId id, Consumer<CameraDevice> action) {
        endPatrol(known(id));
        ask(
                id,
                device -> {
                    action.accept(device);
                    return id;
                });
    }

    /// A device that does not answer is connected to anew at the next question: it may have been
    /// exchanged, or its services moved.
    private <T> T ask(CameraId id, Function<CameraDevice, T> question) {
        Known known = known(id);
        try {
            return question.apply(connected(known));
        } catch (OnvifException e) {
            forgetUnreachable(known, e);
            throw e;
        }
    }

    private static void forgetUnreachable(Known known, OnvifException e) {
        if (e.category() == Category.TIMEOUT
                || e.category() == Category.UNREACHABLE
                || e.category() == Category.CLOCK_WRONG
                || e.category() == Category.NOT_ONVIF) {
            known.device = null;
        }
    }

    /// Ends every thread and waits for those that pull events.
    @Override
    public void close() {
        List<Thread> ending = cameras.values().stream().map(known -> known.events).toList();
        List.copyOf(cameras.keySet()).forEach(this::forget);
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
