package id.pantau.server.event;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what happened, on a thread of its own, in order: the analysis waits for no disk and no
/// database. Bounded; what does not fit is dropped, counted, and said once in a while.
final class EventWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final int MOST_WAITING = 2048;
    private static final long CLOSE_LIMIT_S = 10;
    private static final Runnable LAST = () -> {};

    private final BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;

    EventWriter() {
        thread = Thread.ofVirtual().name("event-writer").start(this::run);
    }

    /// @param one a write; may fail, which is logged
    void offer(Runnable one) {
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
            if (work.offer(LAST, CLOSE_LIMIT_S, TimeUnit.SECONDS)) {
                thread.join(CLOSE_LIMIT_S * 1000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (Runnable one; (one = work.take()) != LAST; ) {
                try {
                    one.run();
                } catch (RuntimeException e) {
                    LOG.warn("an event is not stored: {}", e.getMessage());
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }
}
