package id.pantau.server.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Fresh databases for tests: a SQLite file of its own, or a database of its own in one embedded
/// PostgreSQL per JVM. For `@ParameterizedTest @EnumSource(Dialect.class)`.
public final class TestDatabases {
    private static final AtomicInteger count = new AtomicInteger();
    private static @Nullable EmbeddedPostgres postgres;

    private TestDatabases() {}

    /// @param home for SQLite's file; untouched for PostgreSQL
    public static Database open(Dialect dialect, Path home) {
        return Database.open(settings(dialect, home));
    }

    public static DatabaseSettings settings(Dialect dialect, Path home) {
        return switch (dialect) {
            case SQLITE -> DatabaseSettings.sqlite(home);
            case POSTGRESQL -> new DatabaseSettings(home, freshPostgresUrl(), 2);
        };
    }

    private static synchronized String freshPostgresUrl() {
        try {
            if (postgres == null) {
                postgres =
                        EmbeddedPostgres.builder()
                                .setServerConfig("fsync", "off")
                                .setServerConfig("max_connections", "200")
                                .setDataDirectory(Files.createTempDirectory("pantau-pg"))
                                .setCleanDataDirectory(true)
                                .start();
            }
            String name = "test" + count.incrementAndGet();
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return postgres.getJdbcUrl("postgres", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
