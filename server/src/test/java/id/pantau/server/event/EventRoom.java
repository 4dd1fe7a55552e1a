package id.pantau.server.event;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.camera.VisionSettings;
import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.vision.Box;
import id.pantau.vision.Polygon;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.Sighting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// [Events] over a database and a folder, and what is seen there, a tenth of a second from one to
/// the next.
final class EventRoom implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-03-01T06:00:00Z");
    private static final Polygon.Point CORNER = new Polygon.Point(0, 0);

    private final Database database;
    private final EventRepository repository;
    private final QualityRepository qualities;
    private final Snapshots snapshots;
    private final Events events;
    private int tenths;

    private EventRoom(Database database, Path home) {
        this.database = database;
        this.repository = new EventRepository(database);
        this.qualities = new QualityRepository(database);
        this.snapshots = new Snapshots(home.resolve("s"));
        this.events = new Events(repository, qualities, snapshots);
    }

    static EventRoom open(Dialect dialect, Path home) {
        return new EventRoom(TestDatabases.open(dialect, home), home);
    }

    Database database() {
        return database;
    }

    EventRepository repository() {
        return repository;
    }

    QualityRepository qualities() {
        return qualities;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Events events() {
        return events;
    }

    /// Everything is stored; nothing can be seen any more.
    void settle() {
        events.close();
    }

    @Override
    public void close() {
        database.close();
    }

    /// Of the next sighting.
    int tenths() {
        return tenths;
    }

    /// The next sighting is of that tenth of a second.
    void skipTo(int tenth) {
        tenths = tenth;
    }

    List<Event> stored() {
        return repository
                .list(new EventQuery(null, Set.of(), Set.of(), null, null, null, 100, "budi"))
                .events()
                .stream()
                .map(EventPage.Row::event)
                .toList();
    }

    List<Event> stored(EventType type) {
        return stored().stream().filter(one -> one.type() == type).toList();
    }

    static Camera camera(String id) {
        VisionSettings usual = VisionSettings.DEFAULT;
        var vision =
                new VisionSettings(
                        true,
                        true,
                        usual.priority(),
                        usual.sensitivity(),
                        usual.classes(),
                        usual.leastScore(),
                        usual.scores(),
                        List.of(
                                new VisionSettings.CountingLine(
                                        "gate", "Gerbang", CORNER, new Polygon.Point(1, 1))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new Camera(
                new CameraId(id),
                id,
                true,
                new StreamSource(URI.create("rtsp://192.0.2.1/1"), StreamTransport.TCP),
                null,
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of(),
                null,
                vision,
                BEGIN);
    }

    static ObjectTrack track(long id, String label, double score, double x) {
        return new ObjectTrack(
                id,
                Box.ofCentre(x, 0.5, 0.1, 0.2),
                label,
                score,
                ObjectTrack.Seen.DETECTION,
                Duration.ZERO,
                Box.ofCentre(0.1, 0.5, 0.1, 0.2),
                false,
                true);
    }

    Sighting sighting(
            boolean moves,
            List<ObjectTrack> tracks,
            List<Crossing> crossings,
            List<ZoneChange> changes) {
        Duration at = Duration.ofMillis(100L * tenths++);
        List<Blob> blobs =
                moves ? List.of(new Blob(new Box(0, 0, 0.1, 0.1), 9, 30)) : List.<Blob>of();
        var motion = new Motion(moves ? 0.01 : 0, blobs, new BitSet(), 160, 90, false);
        return new Sighting(
                BEGIN.plus(at),
                0,
                new Observation(at, motion, true, List.of(), tracks, crossings, changes),
                new Rates(0, 0, 0, 0, 0));
    }
}
