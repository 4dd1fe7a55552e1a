package id.pantau.server.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the database is.
///
/// @param home directory of all data; SQLite's file is `db/core.db` in it
/// @param url `jdbc:postgresql://…` with user and password in it, or null for SQLite
/// @param readers how many reads may run at once, 1..32
public record DatabaseSettings(Path home, @Nullable String url, int readers) {
    private static final int DEFAULT_READERS = 4;

    public DatabaseSettings {
        if (readers < 1 || readers > 32) {
            throw new IllegalArgumentException("database readers must be 1..32: " + readers);
        }
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "PANTAU_DATABASE_URL must begin with jdbc:postgresql: (leave it out for the"
                            + " database in the home directory)");
        }
    }

    public static DatabaseSettings sqlite(Path home) {
        return new DatabaseSettings(home, null, DEFAULT_READERS);
    }

    /// @param url as in `PANTAU_DATABASE_URL`; null or blank for SQLite
    public static DatabaseSettings of(Path home, @Nullable String url) {
        boolean none = url == null || url.isBlank();
        return new DatabaseSettings(home, none ? null : url, DEFAULT_READERS);
    }

    Dialect dialect() {
        return url == null ? Dialect.SQLITE : Dialect.POSTGRESQL;
    }
}
