package id.pantau.server.camera;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The cameras of this server: the one place where one is added, changed or removed. The rows are
/// the truth; a copy in memory answers every question. Listeners hear of a change after its row is
/// written.
public final class Cameras {
    private final CameraRepository repository;
    private final CameraRules rules;
    private final Clock clock;
    private final Object changing = new Object(); // one change at a time, listeners included
    private final List<CameraListener> listeners = new ArrayList<>();
    private final Map<CameraId, Camera> known = new ConcurrentHashMap<>();

    /// Reads every camera.
    public Cameras(CameraRepository repository, CameraRules rules, Clock clock) {
        this.repository = repository;
        this.rules = rules;
        this.clock = clock;
        repository.list().forEach(camera -> known.put(camera.id(), camera));
    }

    /// From now on the listener hears of every change, and at once of every camera there is.
    public void listen(CameraListener listener) {
        synchronized (changing) {
            listeners.add(listener);
            list().forEach(listener::cameraSet);
        }
    }

    /// By name, then id.
    public List<Camera> list() {
        return known.values().stream()
                .sorted(
                        Comparator.comparing(Camera::name, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(camera -> camera.id().value()))
                .toList();
    }

    public Optional<Camera> find(CameraId id) {
        return Optional.ofNullable(known.get(id));
    }

    /// @throws CameraException NOT_FOUND
    public Camera get(CameraId id) {
        return find(id).orElseThrow(() -> CameraException.notFound(id));
    }

    /// @throws CameraException INVALID, or EXISTS when the wanted id is taken
    public Camera add(CameraDraft draft) {
        synchronized (changing) {
            Camera camera = rules.check(draft, this::freeId, clock.instant());
            repository.insert(camera);
            set(camera);
            return camera;
        }
    }

    /// @param change the wanted state, made from the present one
    /// @throws CameraException NOT_FOUND, or INVALID
    public Camera change(CameraId id, UnaryOperator<CameraDraft> change) {
        synchronized (changing) {
            Camera before = get(id);
            CameraDraft wanted = change.apply(CameraDraft.of(before));
            Camera after = rules.check(wanted, _ -> id, before.createdAt());
            if (!after.equals(before)) {
                repository.update(after);
                set(after);
            }
            return after;
        }
    }

    /// @throws CameraException NOT_FOUND
    public void remove(CameraId id, CameraListener.Recordings recordings) {
        synchronized (changing) {
            Camera camera = get(id);
            repository.delete(id);
            known.remove(id);
            listeners.forEach(listener -> listener.cameraRemoved(camera, recordings));
        }
    }

    private void set(Camera camera) {
        known.put(camera.id(), camera);
        listeners.forEach(listener -> listener.cameraSet(camera));
    }

    private CameraId freeId(CameraDraft draft) {
        String wanted = draft.id();
        if (wanted != null) {
            CameraId id = new CameraId(wanted);
            if (known.containsKey(id)) {
                throw new CameraException(
                        CameraException.Reason.EXISTS,
                        "There is already a camera %s; choose another id.".formatted(id),
                        List.of());
            }
            return id;
        }
        CameraId first = CameraId.ofName(draft.name());
        CameraId free = first;
        for (int number = 2; known.containsKey(free); number++) {
            free = first.numbered(number);
        }
        return free;
    }
}
