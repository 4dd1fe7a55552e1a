package id.pantau.server.event;

import static id.pantau.server.event.EventRoom.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.testkit.Eventually;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stored events, on both databases.
class EventRepositoryTest {
    @TempDir Path home;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void pagesGoOnWhereTheLastEndedAndEverybodySeesForThemselves(Dialect dialect) {
        try (EventRoom room = EventRoom.open(dialect, home)) {
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
