package id.pantau.server.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Tells from an exception of a driver what kind of trouble it is.
final class Category {
    // SQLite primary result codes (sqlite3.h)
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_FULL = 13;

    private Category() {}

    static DatabaseException.Category of(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return of(e);
            }
        }
        return DatabaseException.Category.UNAVAILABLE;
    }

    private static DatabaseException.Category of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        int primary = e.getErrorCode() & 0xff;
        if (state.equals("53100") || (state.isEmpty() && primary == SQLITE_FULL)) {
            return DatabaseException.Category.FULL; // PostgreSQL: disk_full
        }
        if (state.isEmpty() && (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)) {
            return DatabaseException.Category.BUSY;
        }
        return DatabaseException.Category.UNAVAILABLE;
    }

    /// Whether the trouble is the connection's or the disk's and not the statement's.
    static boolean isTrouble(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                String state = e.getSQLState() == null ? "" : e.getSQLState();
                return state.startsWith("08") // connection exceptions
                        || state.startsWith("53") // insufficient resources
                        || state.startsWith("57P") // operator intervention: shutting down
                        || (state.isEmpty() && isSqliteTrouble(e.getErrorCode() & 0xff));
            }
        }
        return false;
    }

    private static boolean isSqliteTrouble(int primary) {
        return switch (primary) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL -> true;
            case 8, 10, 11, 14, 26 -> true; // READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB
            default -> false;
        };
    }
}
