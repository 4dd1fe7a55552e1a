package id.pantau.server.event;

import static id.pantau.server.event.EventRoom.BEGIN;
import static id.pantau.server.event.EventRoom.camera;
import static id.pantau.server.event.EventRoom.track;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.Camera;
import id.pantau.server.database.Dialect;
import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.AnalysisMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From what is seen to what is stored, on both databases.
class EventsTest {
    @TempDir Path home;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anObjectThatMovesIsOneEventWithItsPictureWayAndEnd(Dialect dialect) throws Exception {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i <= 10; i++) {
                var seen = List.of(track(7, "person", 0.8, 0.1 + 0.05 * i));
                room.events().seen(camera, room.sighting(true, seen, List.of(), List.of()), true);
            }
            byte[] jpeg = {1, 2, 3};
            var shot = new AnalysisMessage.Shot(7, BEGIN, new Box(0.2, 0.3, 0.4, 0.5), jpeg);
            room.events().shot(camera, shot);
            room.events().seen(camera, room.sighting(false, List.of(), List.of(), List.of()), true);
            room.events().interrupted(camera);
            room.settle();

            List<Event> objects =
                    room.stored().stream().filter(one -> one.type() == EventType.OBJECT).toList();
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
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i <= 10; i++) {
                var seen =
                        List.of(
                                track(1, "car", 0.9, 0.1),
                                track(2, "bottle", 0.9, 0.1 + 0.05 * i),
                                track(3, "person", 0.2, 0.1 + 0.05 * i),
                                track(4, ObjectTrack.UNKNOWN, 0, 0.1 + 0.05 * i));
                room.events().seen(camera, room.sighting(false, seen, List.of(), List.of()), true);
            }
            room.settle();
            assertThat(room.stored()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void withoutAModelWhateverMovesIsAnObject(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            for (int i = 0; i <= 10; i++) {
                var seen = List.of(track(4, ObjectTrack.UNKNOWN, 0, 0.1 + 0.05 * i));
                var sighting = room.sighting(false, seen, List.of(), List.of());
                room.events().seen(camera("cam1"), sighting, false);
            }
            room.settle();
            assertThat(room.stored()).extracting(Event::type).containsExactly(EventType.OBJECT);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void motionIsOneEventUntilItHasBeenStillForAWhile(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i < 100; i++) {
                boolean moves = i == 2 || (i >= 10 && i < 20) || (i >= 30 && i < 40);
                var sighting = room.sighting(moves, List.of(), List.of(), List.of());
                room.events().seen(camera, sighting, true);
            }
            room.settle();

            assertThat(room.stored()).hasSize(1);
            Event event = room.stored().getFirst();
            assertThat(event.type()).isEqualTo(EventType.MOTION);
            assertThat(event.start()).isEqualTo(BEGIN.plusMillis(1000));
            assertThat(event.end()).isEqualTo(BEGIN.plusMillis(3900));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void crossingsAreCountedByClassAndDirection(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (long id = 1; id <= 3; id++) {
                var crossing =
                        new Crossing(
                                "gate",
                                id,
                                id == 3 ? Crossing.Direction.TO_LEFT : Crossing.Direction.TO_RIGHT,
                                Duration.ofMillis(100L * room.tenths()));
                var seen = List.of(track(id, id == 2 ? "car" : "person", 0.8, 0.1));
                room.events()
                        .seen(
                                camera,
                                room.sighting(true, seen, List.of(crossing), List.of()),
                                true);
            }
            room.settle();

            assertThat(room.repository().counts("cam1", BEGIN, BEGIN.plusSeconds(10)))
                    .containsExactly(
                            new LineCount("gate", Crossing.Direction.TO_LEFT, "person", 1),
                            new LineCount("gate", Crossing.Direction.TO_RIGHT, "car", 1),
                            new LineCount("gate", Crossing.Direction.TO_RIGHT, "person", 1));
            assertThat(room.repository().counts("cam2", BEGIN, BEGIN.plusSeconds(10))).isEmpty();
            assertThat(room.stored())
                    .filteredOn(one -> one.type() == EventType.LINE)
                    .hasSize(3)
                    .allMatch(one -> "Gerbang".equals(one.placeName()));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anArmThatReachesOverALineIsNotCounted(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            var crossing =
                    new Crossing(
                            "gate",
                            7,
                            Crossing.Direction.TO_LEFT,
                            Duration.ofMillis(100L * room.tenths()));
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
                            room.sighting(true, List.of(arm), List.of(crossing), List.of()),
                            true);
            room.settle();

            assertThat(room.repository().counts("cam1", BEGIN, BEGIN.plusSeconds(10))).isEmpty();
            assertThat(room.stored())
                    .extracting(Event::type)
                    .doesNotContain(EventType.LINE, EventType.OBJECT);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatPassesALineWithoutANameHasItsPictureEvenWhenThatComesLater(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            var crossing =
                    new Crossing("gate", 7, Crossing.Direction.TO_LEFT, Duration.ofMillis(100));
            var seen = List.of(track(7, ObjectTrack.UNKNOWN, 0, 0.4));
            room.events()
                    .seen(camera, room.sighting(true, seen, List.of(crossing), List.of()), true);
            var shot = new AnalysisMessage.Shot(7, BEGIN, new Box(0, 0, 0.1, 0.1), new byte[] {1});
            room.events().shot(camera, shot);
            room.settle();

            assertThat(room.stored())
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
    void aBetterViewOfAnObjectLeavesTheLineItCrossedItsPictureAndItsBox(Dialect dialect)
            throws Exception {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            var person = List.of(track(7, "person", 0.8, 0.4));
            room.events().seen(camera, room.sighting(true, person, List.of(), List.of()), true);
            var there = new Box(0.3, 0.3, 0.4, 0.5);
            room.events().shot(camera, new AnalysisMessage.Shot(7, BEGIN, there, new byte[] {1}));
            var crossing =
                    new Crossing("gate", 7, Crossing.Direction.TO_LEFT, Duration.ofMillis(100));
            room.events()
                    .seen(camera, room.sighting(true, person, List.of(crossing), List.of()), true);
            var later = new Box(0.5, 0.3, 0.8, 0.9);
            room.events().shot(camera, new AnalysisMessage.Shot(7, BEGIN, later, new byte[] {2}));
            room.settle();

            Event line = room.stored(EventType.LINE).getFirst();
            assertThat(line.box()).isEqualTo(there);
            assertThat(room.snapshots().read(requireNonNull(line.snapshot()))).containsExactly(1);
            Event object = room.stored(EventType.OBJECT).getFirst();
            assertThat(object.box()).isEqualTo(later);
            assertThat(room.snapshots().read(requireNonNull(object.snapshot()))).containsExactly(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void ofACameraThatIsRemovedWithItsRecordingsNothingIsLeft(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i <= 3; i++) {
                var seen = List.of(track(7, "person", 0.8, 0.3));
                room.events().seen(camera, room.sighting(true, seen, List.of(), List.of()), true);
            }
            room.events().interrupted(camera);
            room.events().removed(camera, true); // in the same moment
            room.settle();
            assertThat(room.stored()).isEmpty();
        }
    }
}
