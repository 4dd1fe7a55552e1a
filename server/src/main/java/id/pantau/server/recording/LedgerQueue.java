package id.pantau.server.recording;

import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the recorders have to write down, written by one thread in the order it came, so that no
/// recorder waits for the database. While the database is in trouble entries wait and are tried
/// again; when the queue is full they are dropped and counted: the files hold the truth and the
/// next start reads them.
final class LedgerQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerQueue.class);
    private static final int CAPACITY = 8192;
    private static final int BATCH = 200;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// @param segment listed from memory until it is in the table; null for anything else
    private record Entry(@Nullable Segment segment, Consumer<Ledger> change) {}

    private final Database database;
    private final Runnable onFull;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Map<String, Segment> pending = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = Thread.ofVirtual().name("ledger").unstarted(this::run);
    private final Object idleLock = new Object();
    private long added; // guarded by idleLock
    private long finished; // guarded by idleLock
    private volatile boolean closing;

    /// @param onFull called when the database has no space: whoever can should make some
    LedgerQueue(Database database, Runnable onFull) {
        this.database = database;
        this.onFull = onFull;
    }

    void start() {
        thread.start();
    }

    void insert(Segment segment) {
        pending.put(segment.id(), segment);
        add(new Entry(segment, ledger -> ledger.insert(segment)));
    }

    void add(Consumer<Ledger> change) {
        add(new Entry(null, change));
    }

    private void add(Entry entry) {
        synchronized (idleLock) {
            added++;
        }
        if (!queue.offer(entry)) {
            dropped.increment();
            done(entry);
            log.warn("the database is too slow for the recorders: {} entries lost", dropped.sum());
        }
    }

    /// Finished segments that are not in the table yet.
    List<Segment> pendingOf(String camera) {
        return pending.values().stream().filter(s -> s.camera().equals(camera)).toList();
    }

    boolean isPending(String id) {
        return pending.containsKey(id);
    }

    long dropped() {
        return dropped.sum();
    }

    /// Waits until everything added before is written.
    ///
    /// @return false when that did not happen in time
    boolean drain(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (idleLock) {
            long goal = added;
            while (finished < goal) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                idleLock.wait(leftMs);
            }
            return true;
        }
    }

    private void run() {
        var batch = new ArrayList<Entry>(BATCH);
        while (true) {
            try {
                if (batch.isEmpty()) {
                    Entry first = closing ? queue.poll() : queue.take();
                    if (first == null) {
                        return;
                    }
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                }
                if (write(batch)) {
                    batch.forEach(this::done);
                    batch.clear();
                } else if (closing) {
                    return; // the next start finds the files
                } else {
                    Thread.sleep(RETRY);
                }
            } catch (InterruptedException _) {
                closing = true;
            }
        }
    }

    /// @return false when the database is in trouble and the batch must be tried again
    private boolean write(List<Entry> batch) {
        try {
            database.<@Nullable Void>write(jdbc -> {
                var ledger = new Ledger(jdbc);
                batch.forEach(entry -> entry.change().accept(ledger));
                return null;
            });
            return true;
        } catch (DatabaseException e) {
            log.warn("recordings wait for the database: {}", e.getMessage());
            if (e.category() == DatabaseException.Category.FULL) {
                onFull.run();
            }
            return false;
        } catch (RuntimeException e) {
            writeOneByOne(batch);
            return true;
        }
    }

    /// One entry of the batch broke a constraint: the others are still to be written.
    private void writeOneByOne(List<Entry> batch) {
        for (Entry entry : batch) {
            try {
                database.<@Nullable Void>write(jdbc -> {
                    entry.change().accept(new Ledger(jdbc));
                    return null;
                });
            } catch (RuntimeException e) {
                dropped.increment();
                log.error("cannot write down {}", entry.segment(), e);
            }
        }
    }

    private void done(Entry entry) {
        Segment segment = entry.segment();
        if (segment != null) {
            pending.remove(segment.id());
        }
        synchronized (idleLock) {
            finished++;
            idleLock.notifyAll();
        }
    }

    /// Writes what waits, unless the database is in trouble.
    @Override
    public void close() {
        closing = true;
        add(_ -> log.debug("the ledger is written")); // wakes it
        Threads.join(thread);
    }
}
