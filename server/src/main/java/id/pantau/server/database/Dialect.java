package id.pantau.server.database;

/// Which SQL is spoken. One text serves both wherever it can; this is the seam for the rest.
public enum Dialect {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql");

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /// Name of the folder under `db/migration` for what only this database understands.
    String folder() {
        return folder;
    }

    /// Puts a statement under the database's plan printer: one row per step of the plan, its text
    /// in the last column.
    public String explain(String sql) {
        return switch (this) {
            case SQLITE -> "explain query plan " + sql;
            case POSTGRESQL -> "explain " + sql;
        };
    }
}
