package id.pantau.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The program's database. Reads run on a small pool of connections; writes run one after another
/// on one connection, as many per commit as are waiting, so that 32 cameras cost one fsync. Every
/// call returns when its work is committed, and may come from any thread.
///
/// An interrupt does not cut a call short (it would leave the caller not knowing whether its write
/// happened): it stays set and is seen by the caller's next wait.
public final class Database implements AutoCloseable {
    private static final int QUEUE = 4096;

    private final Dialect dialect;
    private final BlockingQueue<Task<?>> writes = new ArrayBlockingQueue<>(QUEUE);
    private final BlockingQueue<Task<?>> reads = new ArrayBlockingQueue<>(QUEUE);
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean closed;

    private Database(DatabaseSettings settings, Connections connections) {
        this.dialect = settings.dialect();
        workers.add(new Worker("db-writer", writes, connections::writer, Worker.Mode.WRITE));
        for (int i = 0; i < settings.readers(); i++) {
            var name = "db-reader-" + i;
            workers.add(new Worker(name, reads, connections::reader, Worker.Mode.READ));
        }
        workers.forEach(Worker::start);
    }

    /// Opens and migrates.
    ///
    /// @throws DatabaseException when it cannot be reached, is not ours or cannot be migrated
    public static Database open(DatabaseSettings settings) {
        String url = settings.url();
        var connections = Connections.to(url == null ? fileUrl(settings.home()) : url);
        try {
            Flyway.configure()
                    .dataSource(connections.forMigration())
                    .locations(locations(settings.dialect()))
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    Category.of(e),
                    "cannot open or migrate the database (%s): %s"
                            .formatted(settings.dialect(), e.getMessage()),
                    e);
        }
        return new Database(settings, connections);
    }

    private static String fileUrl(Path home) {
        Path file = home.resolve("db").resolve("core.db");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new DatabaseException(
                    DatabaseException.Category.UNAVAILABLE,
                    "cannot create the directory of the database: " + file.getParent(),
                    e);
        }
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static String[] locations(Dialect dialect) {
        String own = "db/migration/" + dialect.folder();
        boolean hasOwn = Database.class.getClassLoader().getResource(own) != null;
        return hasOwn
                ? new String[] {"classpath:db/migration/common", "classpath:" + own}
                : new String[] {"classpath:db/migration/common"};
    }

    public Dialect dialect() {
        return dialect;
    }

    /// Sees everything committed before the call. Inside a write it sees that write's own rows.
    public <T extends @Nullable Object> T read(Work<T> work) {
        return run(reads, work);
    }

    /// One transaction: all of it is committed, durably, when this returns, or none of it. A write
    /// inside a write joins it.
    public <T extends @Nullable Object> T write(Work<T> work) {
        return run(writes, work);
    }

    private <T extends @Nullable Object> T run(BlockingQueue<Task<?>> queue, Work<T> work) {
        JdbcClient joined = Worker.current(this.writes);
        if (joined != null) {
            return work.run(joined);
        }
        var task = new Task<T>(work);
        if (closed) {
            throw new DatabaseException(
                    DatabaseException.Category.UNAVAILABLE, "the database is closed", null);
        }
        if (!queue.offer(task)) {
            throw new DatabaseException(
                    DatabaseException.Category.BUSY,
                    "%d calls wait for the database already".formatted(QUEUE),
                    null);
        }
        if (closed) {
            // the workers may have gone between the check and the offer
            workers.forEach(Worker::refuseQueued);
        }
        return task.await();
    }

    /// Finishes what was asked before, then closes every connection.
    @Override
    public void close() {
        closed = true;
        workers.forEach(Worker::stop);
        workers.forEach(Worker::join);
        workers.forEach(Worker::refuseQueued);
    }
}
