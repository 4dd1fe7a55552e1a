package id.pantau.server.recording;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one thing again and again on a platform thread of its own: disk work may hold a thread for
/// minutes, and a held virtual thread would hold a carrier that live streams need.
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Duration every;
    private final Runnable work;
    private final Thread thread;
    private boolean woken; // guarded by lock
    private volatile boolean stopping;

    Ticker(String name, Duration every, Runnable work) {
        this.every = every;
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Does it now instead of at the next tick.
    void wake() {
        lock.lock();
        try {
            woken = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("{} failed", thread.getName(), e);
            }
            pause();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long nanos = every.toNanos();
            while (!woken && !stopping && nanos > 0) {
                nanos = wake.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException _) {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /// Waits for the round that runs.
    @Override
    public void close() {
        stopping = true;
        wake();
        Threads.join(thread);
    }
}
