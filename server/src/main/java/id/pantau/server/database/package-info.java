/// The one relational store of the program: SQLite in the home directory, or PostgreSQL. Opens it,
/// migrates it (Flyway, forward only) and lends connections: reads run side by side, writes one
/// after another in batched transactions.
///
/// Owns the file `db/core.db` of the home directory and the threads `db-writer` and `db-reader-n`.
/// Calls no other domain. Statements run on those platform threads, because SQLite is native code
/// and a virtual thread inside a native call would hold its carrier.
@ApplicationModule(displayName = "database")
@NullMarked
package id.pantau.server.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
