package id.pantau.server.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what happened, on a thread of its own, in order: the analysis waits for no disk and no
/// database. What many cameras see in one moment is one transaction. Bounded; what does not fit is
/// dropped, counted, and said once in a while.
final class EventWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final int MOST_WAITING = 2048;
    private static final long CLOSE_LIMIT_S = 10;
    private static final Duration GATHER = Duration.ofMillis(50);

    /// How a write is done.
    private enum Kind {
        FILE,
        ROW,
        ALONE,
        NEWS,
        LAST
    }

    private record Write(Kind kind, Runnable task) {}

    private final Consumer<Runnable> transaction;
    private final BlockingQueue<Write> work = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;

    /// @param transaction runs what it is given as one, which fails as a whole
    EventWriter(Consumer<Runnable> transaction) {
        this.transaction = transaction;
        thread = Thread.ofVirtual().name("event-writer").start(this::run);
    }

    /// @param row a write to the database; may fail, which is logged
    void offer(Runnable row) {
        offer(new Write(Kind.ROW, row));
    }

    /// @param file a write to the disk, done before the rows behind it; may fail, which is logged
    void offerFile(Runnable file) {
        offer(new Write(Kind.FILE, file));
    }

    /// @param whole done when the rows before it are stored, and before those behind it; may fail,
    ///   which is logged
    void offerAlone(Runnable whole) {
        offer(new Write(Kind.ALONE, whole));
    }

    /// @param news told when the rows before it are stored: who hears of an event may ask for it.
    ///   Is never dropped
    void offerNews(Runnable news) {
        if (!work.offer(new Write(Kind.NEWS, news))) {
            alone(news);
        }
    }

    private void offer(Write one) {
        if (!work.offer(one)) {
            dropped.increment();
            long count = dropped.sum();
            if (Long.bitCount(count) == 1) {
                LOG.warn("{} writes of events were dropped: the database is too slow", count);
            }
        }
    }

    long dropped() {
        return dropped.sum();
    }

    /// Writes what waits, for ten seconds at most.
    @Override
    public void close() {
        try {
            Write last = new Write(Kind.LAST, () -> {});
            if (work.offer(last, CLOSE_LIMIT_S, TimeUnit.SECONDS)) {
                thread.join(CLOSE_LIMIT_S * 1000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            var batch = new ArrayList<Write>();
            do {
                batch.clear();
                batch.add(work.take());
                if (batch.getFirst().kind() != Kind.LAST) {
                    Thread.sleep(GATHER);
                    work.drainTo(batch);
                }
                write(batch);
            } while (batch.getLast().kind() != Kind.LAST);
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// Files at once, rows together behind them, news at last.
    private void write(List<Write> batch) {
        var rows = new ArrayList<Runnable>();
        var news = new ArrayList<Runnable>();
        for (Write one : batch) {
            switch (one.kind()) {
                case FILE -> alone(one.task());
                case ROW -> rows.add(one.task());
                case ALONE -> {
                    store(rows);
                    alone(one.task());
                }
                case NEWS -> news.add(one.task());
                case LAST -> {}
            }
        }
        store(rows);
        news.forEach(this::alone);
    }

    private void store(List<Runnable> rows) {
        try {
            if (!rows.isEmpty()) {
                transaction.accept(() -> rows.forEach(Runnable::run));
            }
        } catch (RuntimeException e) {
            LOG.debug("{} events are stored one by one: {}", rows.size(), e.getMessage());
            rows.forEach(this::alone);
        }
        rows.clear();
    }

    private void alone(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException e) {
            LOG.warn("an event is not stored: {}", e.getMessage());
        }
    }
}
