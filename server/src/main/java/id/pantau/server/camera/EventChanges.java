package id.pantau.server.camera;

import id.pantau.server.onvif.EventKind;
import id.pantau.server.onvif.Notification;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;

/// Turns one camera's notifications into changes: a repeated state is told once, and the state a
/// camera tells at the beginning of a subscription only where it ends what was told before it.
/// Confined to the thread that pulls.
final class EventChanges {
    private static final int MOST_STATES = 256;

    private final CameraId camera;
    private final Clock clock;
    private final LinkedHashMap<String, Boolean> states = new LinkedHashMap<>();

    EventChanges(CameraId camera, Clock clock) {
        this.camera = camera;
        this.clock = clock;
    }

    /// @return empty when it is nothing new, or of a kind nobody asked for
    Optional<DeviceEvent> of(Notification notification) {
        EventKind kind = notification.kind();
        if (kind == EventKind.OTHER) {
            return Optional.empty(); // some cameras send their log, several lines a second
        }
        String source = String.join(",", new TreeMap<>(notification.source()).values());
        Optional<Boolean> active = notification.active();
        boolean present = notification.operation().equalsIgnoreCase("Initialized");
        if (active.isPresent()) {
            String key = notification.topic() + '\n' + source;
            if (!states.containsKey(key) && states.size() >= MOST_STATES) {
                states.pollFirstEntry();
            }
            Boolean before = states.put(key, active.get());
            boolean same = before == null ? !active.get() : before.equals(active.get());
            if (same) {
                return Optional.empty();
            }
        }
        return present && active.orElse(true)
                ? Optional.empty()
                : Optional.of(
                        new DeviceEvent(
                                camera,
                                kind,
                                active.orElse(true),
                                active.isPresent(),
                                notification.topic(),
                                source,
                                clock.instant(),
                                notification.at()));
    }
}
