package id.pantau.server.vision;

import id.pantau.server.camera.CameraId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Which camera is analysed where. A camera stays where it is until that place goes, or until
/// another one is so much emptier that moving it makes the fuller of the two emptier: nothing moves
/// back and forth. Where there is too little room elsewhere the cameras of high priority are placed
/// first, and those of low priority are moved first. Thread-safe.
final class Placement {
    /// Where a camera has just failed it is not tried again for so long.
    private static final Duration SHUNNED = Duration.ofSeconds(60);

    /// What a camera wants of its place.
    ///
    /// @param weight of its priority
    /// @param model SHA-256 of the model that must lie there; empty: none
    record Need(double weight, String model) {}

    private record Placed(WorkPlace at, Need need) {}

    private record Shunned(CameraId camera, WorkPlace place) {}

    private final WorkPlace here;
    private final LongSupplier nanoTime;
    private volatile Consumer<CameraId> moved = _ -> {};
    private final Object lock = new Object(); // guards what follows
    private final List<WorkPlace> places = new ArrayList<>();
    private final Map<CameraId, Placed> cameras = new LinkedHashMap<>();
    private final Map<Shunned, Long> shunned = new HashMap<>(); // until then

    /// @param here this machine's
    Placement(WorkPlace here, LongSupplier nanoTime) {
        this.here = here;
        this.nanoTime = nanoTime;
        this.places.add(here);
    }

    /// @param next is told of each camera that has another place now; calls back as it likes
    void onMoved(Consumer<CameraId> next) {
        moved = next;
    }

    /// Where the camera is to be analysed now.
    WorkPlace place(CameraId camera, Need need) {
        synchronized (lock) {
            Placed now = cameras.get(camera);
            WorkPlace at =
                    now != null && places.contains(now.at()) && may(camera, need, now.at())
                            ? now.at()
                            : choose(camera, need);
            cameras.put(camera, new Placed(at, need));
            return at;
        }
    }

    /// Where it is; empty when it is not analysed.
    Optional<WorkPlace> find(CameraId camera) {
        synchronized (lock) {
            return Optional.ofNullable(cameras.get(camera)).map(Placed::at);
        }
    }

    /// It is not analysed any more.
    void left(CameraId camera) {
        synchronized (lock) {
            cameras.remove(camera);
            shunned.keySet().removeIf(one -> one.camera().equals(camera));
        }
    }

    /// It could not be analysed there: it goes somewhere else for a while. Of no effect for this
    /// machine, which has to try again.
    void failed(CameraId camera, WorkPlace place) {
        if (place.isThisMachine() || place.gone().getAsBoolean()) {
            return; // when it goes all its cameras are placed anew together, in their order
        }
        synchronized (lock) {
            shunned.put(new Shunned(camera, place), nanoTime.getAsLong() + SHUNNED.toNanos());
            Placed now = cameras.get(camera);
            if (now != null && now.at().equals(place)) {
                cameras.remove(camera);
                cameras.put(camera, new Placed(choose(camera, now.need()), now.need()));
            }
        }
    }

    void came(WorkPlace place) {
        synchronized (lock) {
            places.add(place);
        }
        evenOut();
    }

    /// Its cameras are placed anew, and told so.
    void went(WorkPlace place) {
        List<CameraId> homeless;
        synchronized (lock) {
            places.remove(place);
            shunned.keySet().removeIf(one -> one.place().equals(place));
            homeless = at(place).reversed(); // the heaviest first
            var needs = new LinkedHashMap<CameraId, Need>();
            homeless.forEach(camera -> {
                Placed before = cameras.remove(camera);
                if (before != null) {
                    needs.put(camera, before.need());
                }
            });
            needs.forEach(
                    (camera, need) -> cameras.put(camera, new Placed(choose(camera, need), need)));
        }
        homeless.forEach(moved);
    }

    /// Moves no more cameras than it takes.
    void evenOut() {
        var moving = new ArrayList<CameraId>();
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            shunned.values().removeIf(until -> until - now <= 0);
            for (CameraId next = moveOne(); next != null; next = moveOne()) {
                moving.add(next);
            }
        }
        moving.forEach(moved);
    }

    /// How many cameras are there.
    int count(WorkPlace place) {
        synchronized (lock) {
            return at(place).size();
        }
    }

    // -- under the lock --------------------------------------------------------------------------

    /// @return null when there is nothing to be gained
    private @Nullable CameraId moveOne() {
        List<WorkPlace> fullest =
                places.stream()
                        .sorted(Comparator.comparingDouble(this::fullness).reversed())
                        .toList();
        for (WorkPlace from : fullest) {
            for (CameraId camera : at(from)) {
                Placed placed = cameras.get(camera);
                if (placed == null) {
                    continue;
                }
                WorkPlace to = choose(camera, placed.need());
                if (!to.equals(from) && fullnessWithOneMore(to) < fullness(from)) {
                    cameras.put(camera, new Placed(to, placed.need()));
                    return camera;
                }
            }
        }
        return null;
    }

    /// Where there is most room.
    private WorkPlace choose(CameraId camera, Need need) {
        return places.stream()
                .filter(place -> may(camera, need, place))
                .filter(place -> place.isThisMachine() || at(place).size() < place.capacity())
                .min(
                        Comparator.comparingDouble(this::fullnessWithOneMore)
                                .thenComparing(WorkPlace::isThisMachine))
                .orElse(here);
    }

    private boolean may(CameraId camera, Need need, WorkPlace place) {
        if (place.isThisMachine()) {
            return true;
        }
        Long until = shunned.get(new Shunned(camera, place));
        return (until == null || until - nanoTime.getAsLong() <= 0)
                && (need.model().isEmpty() || need.model().equals(place.model().get()));
    }

    private double fullness(WorkPlace place) {
        return (double) at(place).size() / place.capacity();
    }

    private double fullnessWithOneMore(WorkPlace place) {
        return (at(place).size() + 1.0) / place.capacity();
    }

    /// The lightest first.
    private List<CameraId> at(WorkPlace place) {
        return cameras.entrySet().stream()
                .filter(entry -> entry.getValue().at().equals(place))
                .sorted(Comparator.comparingDouble(entry -> entry.getValue().need().weight()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
