package id.pantau.server.database;

import id.pantau.media.hub.ThreadEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A platform thread with one connection of its own, opened when first needed and again after it
/// broke. A writer takes everything that waits into one transaction, each task behind a savepoint:
/// one that fails takes nothing else with it.
final class Worker {
    enum Mode {
        READ,
        WRITE
    }

    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int BATCH = 256;

    private final BlockingQueue<Task<?>> queue;
    private final Opener opener;
    private final Mode mode;
    private final WorkerThread thread;
    private @Nullable Connection connection;
    private @Nullable JdbcClient jdbc;
    private volatile boolean stopping;

    /// Lets [#current] find the transaction of the calling thread without a thread-local.
    private final class WorkerThread extends Thread {
        WorkerThread(String name) {
            super(Worker.this::loop, name);
            setDaemon(true);
        }

        @Nullable JdbcClient clientFor(BlockingQueue<Task<?>> writes) {
            return queue == writes ? jdbc : null;
        }
    }

    Worker(String name, BlockingQueue<Task<?>> queue, Opener opener, Mode mode) {
        this.queue = queue;
        this.opener = opener;
        this.mode = mode;
        this.thread = new WorkerThread(name);
    }

    /// @return the client of the write this thread is running; null on any other thread
    static @Nullable JdbcClient current(BlockingQueue<Task<?>> writes) {
        return Thread.currentThread() instanceof WorkerThread own ? own.clientFor(writes) : null;
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        wake();
    }

    /// A queue without room for this is one nobody waits at.
    private void wake() {
        queue.offer(new Task<Object>(_ -> this));
    }

    void join() {
        ThreadEnd.await(thread);
    }

    void refuseQueued() {
        for (Task<?> task = queue.poll(); task != null; task = queue.poll()) {
            task.fail(trouble("the database is closed", null));
        }
    }

    private void loop() {
        var batch = new ArrayList<Task<?>>(BATCH);
        while (true) {
            try {
                Task<?> first = stopping ? queue.poll() : queue.take();
                if (first == null) {
                    disconnect();
                    wake(); // the next of those that share the queue
                    return;
                }
                batch.add(first);
                if (mode == Mode.WRITE) {
                    queue.drainTo(batch, BATCH - 1);
                }
                work(batch);
            } catch (InterruptedException _) {
                stopping = true; // nobody of ours interrupts this thread; end orderly
            }
            batch.clear();
        }
    }

    private void work(List<Task<?>> batch) {
        try {
            connect();
            if (mode == Mode.READ) {
                read(batch);
            } else {
                write(batch);
            }
        } catch (SQLException e) {
            var failure = trouble("the database failed: " + e.getMessage(), e);
            log.warn("{}: {}", thread.getName(), e.getMessage());
            disconnect();
            batch.forEach(task -> task.fail(failure));
        }
    }

    private void read(List<Task<?>> batch) {
        for (Task<?> task : batch) {
            Throwable failure = run(task);
            if (failure == null) {
                task.succeed();
            } else {
                task.fail(translated(failure));
                if (Category.isTrouble(failure)) {
                    disconnect();
                }
            }
        }
    }

    private void write(List<Task<?>> batch) throws SQLException {
        Connection transaction = openConnection();
        var done = new ArrayList<Task<?>>(batch.size());
        for (Task<?> task : batch) {
            Savepoint before = batch.size() == 1 ? null : transaction.setSavepoint();
            Throwable failure = run(task);
            if (failure == null) {
                done.add(task);
                if (before != null) {
                    transaction.releaseSavepoint(before);
                }
                continue;
            }
            task.fail(translated(failure));
            if (before == null) {
                transaction.rollback();
            } else {
                transaction.rollback(before);
            }
        }
        if (done.isEmpty()) {
            transaction.rollback();
            return;
        }
        transaction.commit();
        done.forEach(Task::succeed);
    }

    private @Nullable Throwable run(Task<?> task) {
        try {
            task.run(client());
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private static Throwable translated(Throwable failure) {
        return Category.isTrouble(failure)
                ? new DatabaseException(
                        Category.of(failure),
                        "the database failed: " + failure.getMessage(),
                        failure)
                : failure;
    }

    private static DatabaseException trouble(String message, @Nullable Throwable cause) {
        return new DatabaseException(Category.of(cause), message, cause);
    }

    private Connection openConnection() {
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection;
    }

    private JdbcClient client() {
        if (jdbc == null) {
            throw new IllegalStateException("not connected");
        }
        return jdbc;
    }

    private void connect() throws SQLException {
        if (connection == null || connection.isClosed()) {
            Connection opened = opener.open();
            connection = opened;
            var template = new JdbcTemplate(new SingleConnectionDataSource(opened, true));
            template.setExceptionTranslator(
                    new SqliteExceptions(template.getExceptionTranslator()));
            jdbc = JdbcClient.create(template);
        }
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        jdbc = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                log.debug("closing a broken connection: {}", e.getMessage());
            }
        }
    }
}
