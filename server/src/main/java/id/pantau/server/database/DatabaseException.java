package id.pantau.server.database;

import org.jspecify.annotations.Nullable;

/// The database cannot do what was asked, for a reason outside the statement. Errors in a statement
/// or a broken constraint come as Spring's `DataAccessException` instead.
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Category {
        /// No space left for the database's files.
        FULL,
        /// Too much waits for the writer, or another process holds the file.
        BUSY,
        /// Not there, not readable, broken, or closed.
        UNAVAILABLE
    }

    private final Category category;

    public DatabaseException(Category category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
