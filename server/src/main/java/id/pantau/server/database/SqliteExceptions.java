package id.pantau.server.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Gives SQLite's constraint errors the exceptions that PostgreSQL's have: Spring does not know
/// SQLite's codes. Anything else is left to Spring.
final class SqliteExceptions implements SQLExceptionTranslator {
    private final SQLExceptionTranslator others;

    SqliteExceptions(SQLExceptionTranslator others) {
        this.others = others;
    }

    @Override
    public @Nullable DataAccessException translate(
            String task, @Nullable String sql, SQLException e) {
        if (e instanceof SQLiteException sqlite
                && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
            String message = "%s; %s".formatted(task, e.getMessage());
            return switch (sqlite.getResultCode()) {
                case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE ->
                        new DuplicateKeyException(message, e);
                default -> new DataIntegrityViolationException(message, e); // a code of a library
            };
        }
        return others.translate(task, sql, e);
    }
}
