package id.pantau.server.database;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is done with a lent connection. Runs on a thread of the database: no I/O, no waiting and no
/// locks in here. A write may run again after a lost connection, so it has no effect but its SQL.
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T run(JdbcClient jdbc);
}
