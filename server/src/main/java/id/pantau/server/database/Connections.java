package id.pantau.server.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sqlite.SQLiteConfig;

/// Opens connections the way each kind of use wants them.
final class Connections {
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int READER_CACHE_KIB = 8 * 1024;

    private final String url;

    private Connections(String url) {
        this.url = url;
    }

    static Connections to(String url) {
        return new Connections(url);
    }

    private boolean sqlite() {
        return url.startsWith("jdbc:sqlite:");
    }

    Connection writer() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties());
        connection.setAutoCommit(false);
        return connection;
    }

    /// Never writes: SQLite refuses by `query_only`, PostgreSQL by its read-only session.
    Connection reader() throws SQLException {
        Properties properties = properties();
        if (sqlite()) {
            properties.setProperty(
                    SQLiteConfig.Pragma.CACHE_SIZE.pragmaName, "-" + READER_CACHE_KIB);
        }
        properties.setProperty("readOnlyMode", "always"); // PostgreSQL: also outside transactions
        Connection connection = DriverManager.getConnection(url, properties);
        if (sqlite()) {
            try (var statement = connection.createStatement()) {
                statement.execute("pragma query_only = on");
            }
        } else {
            connection.setReadOnly(true);
        }
        return connection;
    }

    DataSource forMigration() {
        return new DriverManagerDataSource(url, properties());
    }

    private Properties properties() {
        if (!sqlite()) {
            var properties = new Properties();
            properties.setProperty("ApplicationName", "pantau");
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", "60");
            properties.setProperty("tcpKeepAlive", "true");
            return properties;
        }
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: in WAL mode one fsync per commit. NORMAL would let power loss take back the last
        // commits: a lock on evidence, a deleted user, a row of a file that retention has unlinked.
        // Commits are batched, so a busy site pays some two fsyncs a second.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return config.toProperties();
    }
}
