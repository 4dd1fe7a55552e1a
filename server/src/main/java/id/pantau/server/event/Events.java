package id.pantau.server.event;

import id.pantau.server.camera.Camera;
import id.pantau.server.vision.AnalysisListener;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes events of what is seen, stores them and tells of them. Thread-safe; of one camera it hears
/// one thing at a time.
public final class Events implements AnalysisListener, AutoCloseable {
    private static final int FORGET_BATCH = 200;

    private final EventRepository repository;
    private final QualityRepository qualities;
    private final Snapshots snapshots;
    private final EventWriter writer;
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, CameraMoments> cameras = new ConcurrentHashMap<>();
    private final Map<String, RecentEvents> recent = new ConcurrentHashMap<>(); // by camera

    public Events(EventRepository repository, QualityRepository qualities, Snapshots snapshots) {
        this.repository = repository;
        this.qualities = qualities;
        this.snapshots = snapshots;
        repository.endRunning();
        this.writer = new EventWriter(repository::together);
    }

    public void listen(EventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void seen(Camera camera, Sighting sighting, boolean named) {
        moments(camera).seen(camera, sighting, named);
    }

    @Override
    public void shot(Camera camera, AnalysisMessage.Shot shot) {
        moments(camera).shot(shot);
    }

    @Override
    public void healthChanged(Camera camera, AnalysisMessage.HealthChanged change) {
        moments(camera).healthChanged(change);
    }

    @Override
    public void minuteEnded(Camera camera, AnalysisMessage.Quality quality) {
        String id = camera.id().value();
        writer.offer(() -> qualities.add(id, quality));
        recent(id)
                .minuteEnded(quality)
                .forEach(one -> tell(next -> next.judged(one.event(), one.flaws())));
    }

    @Override
    public void interrupted(Camera camera) {
        CameraMoments ending = cameras.remove(camera.id().value());
        if (ending != null) {
            ending.end();
        }
        recent.remove(camera.id().value());
    }

    @Override
    public void removed(Camera camera, boolean withRecordings) {
        String id = camera.id().value();
        recent.remove(id);
        if (withRecordings) {
            writer.offerAlone(() -> forget(id, Instant.MAX));
        }
    }

    /// Deletes what is older, with its snapshots.
    void forget(String camera, Instant before) {
        Instant bound = before.equals(Instant.MAX) ? Instant.ofEpochMilli(Long.MAX_VALUE) : before;
        List<@Nullable String> deleted;
        do {
            deleted = repository.deleteOldest(camera, bound, FORGET_BATCH);
            for (String snapshot : deleted) {
                if (snapshot != null) {
                    snapshots.delete(snapshot);
                }
            }
        } while (deleted.size() == FORGET_BATCH);
        qualities.delete(camera, bound);
    }

    /// How many writes were dropped since the start.
    public long dropped() {
        return writer.dropped();
    }

    /// Stores what waits.
    @Override
    public void close() {
        cameras.values().forEach(CameraMoments::end);
        writer.close();
    }

    private CameraMoments moments(Camera camera) {
        return cameras.computeIfAbsent(camera.id().value(), id -> new CameraMoments(id, this));
    }

    private RecentEvents recent(String camera) {
        return recent.computeIfAbsent(camera, _ -> new RecentEvents());
    }

    // -- told by the cameras' moments ------------------------------------------------------------

    void began(Event event, List<PathPoint> path) {
        List<PathPoint> now = List.copyOf(path);
        writer.offer(() -> repository.put(event, now));
        RecentEvents known = recent(event.camera());
        AnalysisMessage.Quality minute = known.minuteOf(event);
        if (minute != null) {
            writer.offer(() -> qualities.mark(event.camera(), minute));
        }
        Set<PictureFlaw> flaws = known.put(event);
        tell(one -> one.began(event, flaws));
    }

    void changed(Event event, List<PathPoint> path) {
        List<PathPoint> now = List.copyOf(path);
        writer.offer(() -> repository.put(event, now));
        Set<PictureFlaw> flaws = recent(event.camera()).put(event);
        tell(one -> one.changed(event, flaws));
    }

    void show(String snapshot, byte[] jpeg) {
        writer.offerFile(() -> {
            try {
                snapshots.write(snapshot, jpeg);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void crossed(
            String camera,
            String line,
            long track,
            Crossing.Direction direction,
            String label,
            Instant at) {
        writer.offer(() -> repository.putCrossing(camera, line, track, direction, label, at));
        tell(one -> one.crossed(camera, line, track, direction, label, at));
    }

    private void tell(Consumer<EventListener> news) {
        writer.offerNews(() -> listeners.forEach(news));
    }
}
