package id.pantau.server.vision;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The analyses of all cameras that want one. A change of one camera begins that one's anew, if it
/// is a change that matters, and no other. Thread-safe.
public final class Analyses implements CameraListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Analyses.class);

    private final CameraAnalysis.Means means;
    private final Workers workers;
    private final Instant startedAt;
    private final List<AnalysisListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<CameraId, Running> running = new ConcurrentHashMap<>();
    private final Map<CameraId, Integer> watchers = new ConcurrentHashMap<>();

    private record Running(Camera camera, CameraAnalysis analysis) {}

    /// @param workers stay the caller's
    public Analyses(
            CameraStreams streams,
            Workers workers,
            ModelSource models,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {
        this.startedAt = clock.instant();
        this.workers = workers;
        this.means =
                new CameraAnalysis.Means(
                        streams,
                        workers,
                        models,
                        new Everybody(),
                        watchers::containsKey,
                        sleeper,
                        random,
                        clock);
        workers.placement().onMoved(this::moved);
    }

    /// Those who listen first hear first.
    public void listen(AnalysisListener listener) {
        listeners.add(listener);
    }

    @Override
    public void cameraSet(Camera camera) {
        running.compute(camera.id(), (_, now) -> next(camera, now));
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        running.computeIfPresent(
                camera.id(),
                (_, now) -> {
                    now.analysis().close();
                    return null;
                });
        listeners.forEach(one -> one.removed(camera, recordings == Recordings.DELETE));
    }

    /// Begins all of them anew: another model is in use.
    public void modelChanged() {
        tellWorkers();
        for (CameraId id : running.keySet()) {
            running.computeIfPresent(
                    id,
                    (_, now) -> {
                        now.analysis().close();
                        return begin(now.camera());
                    });
        }
    }

    /// First, so that they look for it while the cameras begin anew.
    private void tellWorkers() {
        try {
            workers.newModel();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// It is to be analysed by another worker.
    private void moved(CameraId camera) {
        Running now = running.get(camera);
        if (now != null) {
            now.analysis().move();
        }
    }

    public AnalysisState state(CameraId camera) {
        Running now = running.get(camera);
        return now == null
                ? AnalysisState.of(AnalysisState.Phase.OFF, startedAt, null)
                : now.analysis().state();
    }

    /// Somebody watches what is seen of a camera while it happens, until [#unwatched].
    public void watched(CameraId camera) {
        watchers.merge(camera, 1, Integer::sum);
        Running now = running.get(camera);
        if (now != null) {
            now.analysis().hurry();
        }
    }

    /// Once for each [#watched].
    public void unwatched(CameraId camera) {
        watchers.computeIfPresent(camera, (_, count) -> count == 1 ? null : count - 1);
    }

    public boolean isWatched(CameraId camera) {
        return watchers.containsKey(camera);
    }

    /// Ends all of them, at the same time.
    @Override
    public void close() {
        var ending =
                running.values().stream()
                        .map(one -> Thread.ofVirtual().start(one.analysis()::close))
                        .toList();
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        running.clear();
    }

    private @Nullable Running next(Camera camera, @Nullable Running now) {
        boolean wanted = camera.enabled() && camera.vision().enabled();
        boolean fails =
                now != null && now.analysis().state().phase() == AnalysisState.Phase.SET_ASIDE;
        if (now != null && wanted && isSame(now.camera(), camera) && !fails) {
            return now;
        }
        if (now != null) {
            now.analysis().close();
        }
        return wanted ? begin(camera) : null;
    }

    private Running begin(Camera camera) {
        var analysis = new CameraAnalysis(camera, means);
        analysis.start();
        return new Running(camera, analysis);
    }

    /// The stream itself is the hub's: whatever changes there is seen there.
    private static boolean isSame(Camera before, Camera after) {
        return before.vision().equals(after.vision())
                && (before.sub() == null) == (after.sub() == null);
    }

    /// A listener that fails harms no other.
    private final class Everybody implements AnalysisListener {
        @Override
        public void seen(Camera camera, Sighting sighting, boolean named) {
            tell(one -> one.seen(camera, sighting, named));
        }

        @Override
        public void shot(Camera camera, AnalysisMessage.Shot shot) {
            tell(one -> one.shot(camera, shot));
        }

        @Override
        public void healthChanged(Camera camera, AnalysisMessage.HealthChanged change) {
            tell(one -> one.healthChanged(camera, change));
        }

        @Override
        public void minuteEnded(Camera camera, AnalysisMessage.Quality quality) {
            tell(one -> one.minuteEnded(camera, quality));
        }

        @Override
        public void begun(Camera camera) {
            tell(one -> one.begun(camera));
        }

        @Override
        public void interrupted(Camera camera) {
            tell(one -> one.interrupted(camera));
        }

        @Override
        public void removed(Camera camera, boolean withRecordings) {
            tell(one -> one.removed(camera, withRecordings));
        }

        private void tell(Consumer<AnalysisListener> news) {
            for (AnalysisListener listener : listeners) {
                try {
                    news.accept(listener);
                } catch (RuntimeException e) {
                    LOG.error("a listener to the analysis failed", e);
                }
            }
        }
    }
}
