package id.pantau.server.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.camera.VisionSettings;
import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.testkit.Eventually;
import id.pantau.vision.Box;
import id.pantau.vision.Polygon;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From what is seen to what is stored, on both databases.
class EventsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T06:00:00Z");
    private static final Polygon.Point CORNER = new Polygon.Point(0, 0);

    @TempDir Path home;
    private int tenths;

    private static Camera camera(String id) {
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

    private static ObjectTrack track(long id, String label, double score, double x) {
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

    private Sighting sighting(
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

    private static List<Event> stored(EventRepository repository) {
        return repository
                .list(new EventQuery(null, Set.of(), Set.of(), null, null, null, 100, "budi"))
                .events()
                .stream()
                .map(EventPage.Row::event)
                .toList();
    }

    private record Room(
            Database database,
            EventRepository repository,
            QualityRepository qualities,
            Events events)
            implements AutoCloseable {
        static Room open(Dialect dialect, Path home) {
            Database database = TestDatabases.open(dialect, home);
            var repository = new EventRepository(database);
            var qualities = new QualityRepository(database);
            var snapshots = new Snapshots(home.resolve("s"));
            return new Room(
                    database, repository, qualities, new Events(repository, qualities, snapshots));
        }

        void settle() {
            events.close();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anObjectThatMovesIsOneEventWithItsPictureWayAndEnd(Dialect dialect) throws Exception {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i <= 10; i++) {
                var seen = List.of(track(7, "person", 0.8, 0.1 + 0.05 * i));
                room.events().seen(camera, sighting(true, seen, List.of(), List.of()), true);
            }
            byte[] jpeg = {1, 2, 3};
            var shot = new AnalysisMessage.Shot(7, BEGIN, new Box(0.2, 0.3, 0.4, 0.5), jpeg);
            room.events().shot(camera, shot);
            room.events().seen(camera, sighting(false, List.of(), List.of(), List.of()), true);
            room.events().interrupted(camera);
            room.settle();

            List<Event> objects =
                    stored(room.repository()).stream()
                            .filter(one -> one.type() == EventType.OBJECT)
                            .toList();
            assertThat(objects).hasSize(1);
            Event event = objects.getFirst();
            assertThat(event.label()).isEqualTo("person");
            assertThat(event.score()).isEqualTo(0.8);
            assertThat(event.track()).isEqualTo(7);
            assertThat(event.start()).isEqualTo(BEGIN);
            assertThat(event.end()).isEqualTo(BEGIN.plusMillis(1000));
            assertThat(event.box()).isEqualTo(new Box(0.2, 0.3, 0.4, 0.5));
            String snapshot = requireNonNull(event.snapshot());
            assertThat(new Snapshots(home.resolve("s")).read(snapshot)).isEqualTo(jpeg);
            List<PathPoint> path = room.repository().path(event.id());
            assertThat(path).extracting(PathPoint::ms).containsExactly(0L, 400L, 800L);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatOnlyStandsIsOfTheWrongClassOrTooUnsureIsNoObject(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i <= 10; i++) {
                var seen =
                        List.of(
                                track(1, "car", 0.9, 0.1),
                                track(2, "bottle", 0.9, 0.1 + 0.05 * i),
                                track(3, "person", 0.2, 0.1 + 0.05 * i),
                                track(4, ObjectTrack.UNKNOWN, 0, 0.1 + 0.05 * i));
                room.events().seen(camera, sighting(false, seen, List.of(), List.of()), true);
            }
            room.settle();
            assertThat(stored(room.repository())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void withoutAModelWhateverMovesIsAnObject(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            for (int i = 0; i <= 10; i++) {
                var seen = List.of(track(4, ObjectTrack.UNKNOWN, 0, 0.1 + 0.05 * i));
                var sighting = sighting(false, seen, List.of(), List.of());
                room.events().seen(camera("cam1"), sighting, false);
            }
            room.settle();
            assertThat(stored(room.repository()))
                    .extracting(Event::type)
                    .containsExactly(EventType.OBJECT);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void motionIsOneEventUntilItHasBeenStillForAWhile(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i < 100; i++) {
                boolean moves = i == 2 || (i >= 10 && i < 20) || (i >= 30 && i < 40);
                var sighting = sighting(moves, List.of(), List.of(), List.of());
                room.events().seen(camera, sighting, true);
            }
            room.settle();

            assertThat(stored(room.repository())).hasSize(1);
            Event event = stored(room.repository()).getFirst();
            assertThat(event.type()).isEqualTo(EventType.MOTION);
            assertThat(event.start()).isEqualTo(BEGIN.plusMillis(1000));
            assertThat(event.end()).isEqualTo(BEGIN.plusMillis(3900));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void crossingsAreCountedByClassAndDirection(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (long id = 1; id <= 3; id++) {
                var crossing =
                        new Crossing(
                                "gate",
                                id,
                                id == 3 ? Crossing.Direction.TO_LEFT : Crossing.Direction.TO_RIGHT,
                                Duration.ofMillis(100L * tenths));
                var seen = List.of(track(id, id == 2 ? "car" : "person", 0.8, 0.1));
                room.events()
                        .seen(camera, sighting(true, seen, List.of(crossing), List.of()), true);
            }
            room.settle();

            assertThat(room.repository().counts("cam1", BEGIN, BEGIN.plusSeconds(10)))
                    .containsExactly(
                            new LineCount("gate", Crossing.Direction.TO_LEFT, "person", 1),
                            new LineCount("gate", Crossing.Direction.TO_RIGHT, "car", 1),
                            new LineCount("gate", Crossing.Direction.TO_RIGHT, "person", 1));
            assertThat(room.repository().counts("cam2", BEGIN, BEGIN.plusSeconds(10))).isEmpty();
            assertThat(stored(room.repository()))
                    .filteredOn(one -> one.type() == EventType.LINE)
                    .hasSize(3)
                    .allMatch(one -> "Gerbang".equals(one.placeName()));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anArmThatReachesOverALineIsNotCounted(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            var crossing =
                    new Crossing(
                            "gate",
                            7,
                            Crossing.Direction.TO_LEFT,
                            Duration.ofMillis(100L * tenths));
            var arm =
                    new ObjectTrack(
                            7,
                            Box.ofCentre(0.6, 0.1, 0.1, 0.2),
                            "person",
                            0.6,
                            ObjectTrack.Seen.DETECTION,
                            Duration.ZERO,
                            Box.ofCentre(0.1, 0.1, 0.1, 0.2),
                            false,
                            false);
            room.events()
                    .seen(
                            camera("cam1"),
                            sighting(true, List.of(arm), List.of(crossing), List.of()),
                            true);
            room.settle();

            assertThat(room.repository().counts("cam1", BEGIN, BEGIN.plusSeconds(10))).isEmpty();
            assertThat(stored(room.repository()))
                    .extracting(Event::type)
                    .doesNotContain(EventType.LINE, EventType.OBJECT);
        }
    }

    private static AnalysisMessage.Quality minute(int n, boolean dark, boolean rainLike) {
        return new AnalysisMessage.Quality(BEGIN.plusSeconds(60L * n), dark, false, rainLike);
    }

    private static Set<PictureFlaw> flaws(Room room, EventType type) {
        Set<EventType> one = Set.of(type);
        var query = new EventQuery(null, one, Set.of(), null, null, null, 100, "budi");
        EventPage page = room.repository().list(query);
        assertThat(page.events()).hasSize(1);
        EventPage.Row row = page.events().getFirst();
        assertThat(room.qualities().ofEvent(row.event().id())).isEqualTo(row.flaws());
        return row.flaws();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anEventSaysWhatWasWrongWithThePicturesOfItsMinute(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i < 3; i++) {
                room.events().seen(camera, sighting(true, List.of(), List.of(), List.of()), true);
            }
            room.events().minuteEnded(camera("cam2"), minute(0, false, false));
            room.events().minuteEnded(camera, minute(0, true, true));
            // It has been there since the first minute, and has only moved in the second.
            tenths = 601;
            var walker = List.of(wandering(7, Duration.ofSeconds(50)));
            room.events().seen(camera, sighting(true, walker, List.of(), List.of()), true);
            var line = new Crossing("gate", 7, Crossing.Direction.TO_LEFT, Duration.ofSeconds(61));
            tenths = 610;
            room.events().seen(camera, sighting(true, walker, List.of(line), List.of()), true);
            room.events().minuteEnded(camera, minute(1, false, false));
            room.events().interrupted(camera); // every event is stored once more
            room.settle();

            Set<PictureFlaw> both = Set.of(PictureFlaw.DARK, PictureFlaw.RAIN_LIKE);
            assertThat(flaws(room, EventType.MOTION)).isEqualTo(both);
            assertThat(flaws(room, EventType.OBJECT)).isEqualTo(both);
            assertThat(flaws(room, EventType.LINE)).isEmpty();
        }
    }

    private record Told(EventType type, boolean ended, Set<PictureFlaw> flaws) {
        static Told of(Event event, Set<PictureFlaw> flaws) {
            return new Told(event.type(), event.end() != null, flaws);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whoHearsOfEventsHearsWhatWasWrongWithTheirPicturesWhenTheMinuteEnds(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            var told = new ArrayList<Told>();
            var judged = new ArrayList<Told>();
            room.events()
                    .listen(
                            new EventListener() {
                                @Override
                                public void began(Event event, Set<PictureFlaw> flaws) {
                                    told.add(Told.of(event, flaws));
                                }

                                @Override
                                public void changed(Event event, Set<PictureFlaw> flaws) {
                                    told.add(Told.of(event, flaws));
                                }

                                @Override
                                public void judged(Event event, Set<PictureFlaw> flaws) {
                                    judged.add(Told.of(event, flaws));
                                }
                            });
            Camera camera = camera("cam1");
            for (int i = 0; i < 3; i++) {
                room.events().seen(camera, sighting(true, List.of(), List.of(), List.of()), true);
            }
            room.events().minuteEnded(camera, minute(0, true, false));
            tenths = 601;
            var walker = List.of(wandering(7, Duration.ofSeconds(50))); // of the first minute
            room.events().seen(camera, sighting(true, walker, List.of(), List.of()), true);
            room.events().minuteEnded(camera, minute(1, false, false));
            room.events().interrupted(camera);
            room.settle();

            Set<PictureFlaw> dark = Set.of(PictureFlaw.DARK);
            assertThat(judged).containsExactly(new Told(EventType.MOTION, false, dark));
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            new Told(EventType.MOTION, false, Set.of()),
                            new Told(EventType.OBJECT, false, dark),
                            new Told(EventType.OBJECT, true, dark),
                            new Told(EventType.MOTION, true, dark));
        }
    }

    private static ObjectTrack wandering(long id, Duration firstSeen) {
        return new ObjectTrack(
                id,
                Box.ofCentre(0.6, 0.5, 0.1, 0.2),
                "person",
                0.8,
                ObjectTrack.Seen.DETECTION,
                firstSeen,
                Box.ofCentre(0.1, 0.5, 0.1, 0.2),
                false,
                true);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void minutesAreCountedByHourAndForgottenWithTheEvents(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int n = 0; n < 90; n++) {
                room.events().minuteEnded(camera, minute(n, n < 15, n % 2 == 0));
            }
            room.settle();
            QualityRepository qualities = room.qualities();
            Instant second = BEGIN.plus(Duration.ofHours(1));
            assertThat(qualities.share("cam1", BEGIN, second))
                    .isEqualTo(new QualityShare(60, 15, 0, 30));
            assertThat(qualities.share("cam1", BEGIN, second.plusSeconds(1)))
                    .isEqualTo(new QualityShare(90, 15, 0, 45));
            assertThat(qualities.share("cam2", BEGIN, second))
                    .isEqualTo(new QualityShare(0, 0, 0, 0));

            room.events().forget("cam1", second.minusSeconds(1));
            assertThat(qualities.share("cam1", BEGIN, second).looked()).isEqualTo(60);
            room.events().forget("cam1", second);
            assertThat(qualities.share("cam1", BEGIN, second.plusSeconds(1)))
                    .isEqualTo(new QualityShare(30, 0, 0, 15));
            room.events().forget("cam1", Instant.MAX);
            assertThat(qualities.share("cam1", BEGIN, second.plusSeconds(1)).looked()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatPassesALineWithoutANameHasItsPictureEvenWhenThatComesLater(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            Camera camera = camera("cam1");
            var crossing =
                    new Crossing("gate", 7, Crossing.Direction.TO_LEFT, Duration.ofMillis(100));
            var seen = List.of(track(7, ObjectTrack.UNKNOWN, 0, 0.4));
            room.events().seen(camera, sighting(true, seen, List.of(crossing), List.of()), true);
            var shot = new AnalysisMessage.Shot(7, BEGIN, new Box(0, 0, 0.1, 0.1), new byte[] {1});
            room.events().shot(camera, shot);
            room.settle();

            assertThat(stored(room.repository()))
                    .filteredOn(one -> one.type() == EventType.LINE)
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.snapshot()).isNotNull();
                        assertThat(one.placeName()).isEqualTo("Gerbang");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void pagesGoOnWhereTheLastEndedAndEverybodySeesForThemselves(Dialect dialect) {
        try (Room room = Room.open(dialect, home)) {
            for (int i = 0; i < 25; i++) {
                Instant at = BEGIN.plusSeconds(i / 2); // two of each second
                room.repository()
                        .put(
                                Event.begin(
                                                "e%02d".formatted(i),
                                                "cam" + i % 2,
                                                EventType.OBJECT,
                                                at)
                                        .of(i, i % 3 == 0 ? "car" : "person", 0.5, null),
                                List.of());
            }
            var first = new EventQuery(null, Set.of(), Set.of(), null, null, null, 10, "budi");
            EventPage page = room.repository().list(first);
            assertThat(page.events()).hasSize(10);
            int count = 10;
            String newest = page.events().getFirst().event().id();
            assertThat(newest).isEqualTo("e24");
            while (page.next() != null) {
                page =
                        room.repository()
                                .list(
                                        new EventQuery(
                                                null,
                                                Set.of(),
                                                Set.of(),
                                                null,
                                                null,
                                                page.next(),
                                                10,
                                                "budi"));
                count += page.events().size();
            }
            assertThat(count).isEqualTo(25);

            var cars =
                    new EventQuery(
                            Set.of("cam0"),
                            Set.of(EventType.OBJECT),
                            Set.of("car"),
                            BEGIN.plusSeconds(1),
                            BEGIN.plusSeconds(9),
                            null,
                            50,
                            "budi");
            assertThat(room.repository().list(cars).events())
                    .extracting(row -> row.event().id())
                    .containsExactly("e12", "e06");

            room.repository().markSeen(List.of("e12", "e99"), "budi");
            assertThat(room.repository().list(cars).events())
                    .extracting(EventPage.Row::seen)
                    .containsExactly(true, false);

            room.events().forget("cam0", BEGIN.plusSeconds(6));
            assertThat(room.repository().find("e06")).isEmpty();
            assertThat(room.repository().find("e12")).isPresent();
            assertThat(room.repository().find("e05")).isPresent();
            room.settle();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatWasGoingOnWhenTheServerDiedHasAnEnd(Dialect dialect) throws Exception {
        try (Database database = TestDatabases.open(dialect, home)) {
            var repository = new EventRepository(database);
            repository.put(Event.begin("e1", "cam1", EventType.MOTION, BEGIN), List.of());
            try (var _ =
                    new Events(repository, new QualityRepository(database), new Snapshots(home))) {
                Eventually.await("an end", () -> repository.find("e1").orElseThrow().end() != null);
            }
        }
    }
}
