package id.pantau.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

class DatabaseTest {
    private static final String INSERT =
            "insert into volume (id, path, created_at_ms) values (:id, :path, 1)";

    @TempDir Path home;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatWasWrittenIsReadAndIsStillThereWhenOpenedAgain(Dialect dialect) {
        DatabaseSettings settings = TestDatabases.settings(dialect, home);
        try (var database = Database.open(settings)) {
            insert(database, "a");
            assertThat(count(database)).isEqualTo(1);
        }
        try (var database = Database.open(settings)) {
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aWriteThatFailsLeavesNothingAndTakesNoOtherWithIt(Dialect dialect) {
        try (var database = TestDatabases.open(dialect, home)) {
            insert(database, "a");
            assertThatThrownBy(() ->
                            database.write(jdbc -> {
                                jdbc.sql(INSERT).param("id", "b").param("path", "/b").update();
                                return jdbc.sql(INSERT)
                                        .param("id", "a")
                                        .param("path", "/c")
                                        .update();
                            }))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void writesOfManyThreadsAreAllCommittedAlthoughSomeFail(Dialect dialect) throws Exception {
        try (var database = TestDatabases.open(dialect, home);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                String id = "v" + i / 2; // every second one collides with the one before
                threads.submit(() -> insert(database, id));
            }
            threads.close();
            assertThat(count(database)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aReadInsideAWriteSeesItsRows(Dialect dialect) {
        try (var database = TestDatabases.open(dialect, home)) {
            long seen =
                    database.write(_ -> {
                        insert(database, "a");
                        return count(database);
                    });
            assertThat(seen).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aReaderCannotWrite(Dialect dialect) {
        try (var database = TestDatabases.open(dialect, home)) {
            assertThatThrownBy(() ->
                            database.read(jdbc ->
                                    jdbc.sql(INSERT).param("id", "a").param("path", "/a").update()))
                    .isInstanceOfAny(DataAccessException.class, DatabaseException.class);
            assertThat(count(database)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aClosedDatabaseSaysSo(Dialect dialect) {
        Database database = TestDatabases.open(dialect, home);
        database.close();
        assertThatThrownBy(() -> count(database)).isInstanceOf(DatabaseException.class);
    }

    private static int insert(Database database, String id) {
        return database.write(
                jdbc -> jdbc.sql(INSERT).param("id", id).param("path", "/" + id).update());
    }

    private static long count(Database database) {
        return database.read(
                jdbc -> jdbc.sql("select count(*) from volume").query(Long.class).single());
    }
}
