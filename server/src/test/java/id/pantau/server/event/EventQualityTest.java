package id.pantau.server.event;

import static id.pantau.server.event.EventRoom.BEGIN;
import static id.pantau.server.event.EventRoom.camera;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.Camera;
import id.pantau.server.database.Dialect;
import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.AnalysisMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was wrong with the pictures in which events began, on both databases.
class EventQualityTest {
    @TempDir Path home;

    private static AnalysisMessage.Quality minute(int n, boolean dark, boolean rainLike) {
        return new AnalysisMessage.Quality(BEGIN.plusSeconds(60L * n), dark, false, rainLike);
    }

    private static Set<PictureFlaw> flaws(EventRoom room, EventType type) {
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
        try (EventRoom room = EventRoom.open(dialect, home)) {
            Camera camera = camera("cam1");
            for (int i = 0; i < 3; i++) {
                room.events()
                        .seen(camera, room.sighting(true, List.of(), List.of(), List.of()), true);
            }
            room.events().minuteEnded(camera("cam2"), minute(0, false, false));
            room.events().minuteEnded(camera, minute(0, true, true));
            // It has been there since the first minute, and has only moved in the second.
            room.skipTo(601);
            var walker = List.of(wandering(7, Duration.ofSeconds(50)));
            room.events().seen(camera, room.sighting(true, walker, List.of(), List.of()), true);
            var line = new Crossing("gate", 7, Crossing.Direction.TO_LEFT, Duration.ofSeconds(61));
            room.skipTo(610);
            room.events().seen(camera, room.sighting(true, walker, List.of(line), List.of()), true);
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
        try (EventRoom room = EventRoom.open(dialect, home)) {
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
                room.events()
                        .seen(camera, room.sighting(true, List.of(), List.of(), List.of()), true);
            }
            room.events().minuteEnded(camera, minute(0, true, false));
            room.skipTo(601);
            var walker = List.of(wandering(7, Duration.ofSeconds(50))); // of the first minute
            room.events().seen(camera, room.sighting(true, walker, List.of(), List.of()), true);
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
        try (EventRoom room = EventRoom.open(dialect, home)) {
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
}
