package id.pantau.media.flv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be sent to one client, in order: when it is full, tags are dropped up to the next
/// key frame, before which the newest configurations are told again if they changed. The stream
/// offers, one thread takes.
public final class TagQueue {
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<StreamTag> tags = new ArrayDeque<>();
    private final List<StreamTag> configs = new ArrayList<>(); // not yet told
    private int queuedBytes;
    private boolean waitingForKey = true;
    private boolean started;
    private boolean paused;
    private @Nullable String end;
    private long dropped;

    /// @param maxBytes of bodies that may wait
    public TagQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public void offer(Iterable<StreamTag> offered) {
        lock.lock();
        try {
            if (end == null) {
                offered.forEach(this::offer);
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /// No more comes; what waits may still be taken.
    public void end(String why) {
        lock.lock();
        try {
            end = end == null ? why : end;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of everything until it is switched back on; then a key frame comes first.
    public void pause(boolean on) {
        lock.lock();
        try {
            paused = on;
            waitingForKey |= on;
            started &= !on;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets everything: another stream begins.
    public void restart() {
        lock.lock();
        try {
            tags.clear();
            configs.clear();
            queuedBytes = 0;
            waitingForKey = true;
            started = false;
            paused = false;
        } finally {
            lock.unlock();
        }
    }

    /// Blocks until something is there and moves it to `into`: at most about `mostBytes`.
    ///
    /// @return false when the stream is over and everything was taken
    public boolean take(List<StreamTag> into, int mostBytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (tags.isEmpty() && end == null) {
                notEmpty.await();
            }
            move(into, mostBytes);
            return !into.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Moves what is there to `into`: at most about `mostBytes`.
    public void poll(List<StreamTag> into, int mostBytes) {
        lock.lock();
        try {
            move(into, mostBytes);
        } finally {
            lock.unlock();
        }
    }

    /// Tags this client was too slow for.
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void offer(StreamTag tag) {
        if (tag.role() == StreamTag.Role.CONFIG) {
            if (tag.kind() == FlvTag.Kind.SCRIPT) { // which begins every set of them
                configs.clear();
            }
            configs.add(tag);
            waitingForKey = true;
            return;
        }
        if (paused || (waitingForKey && tag.role() != StreamTag.Role.KEY)) {
            dropped += started && !paused ? 1 : 0; // before the first, nothing is lost
            return;
        }
        // One tag larger than the queue still passes when nothing else waits.
        if (queuedBytes > 0 && queuedBytes + tag.bodyBytes() > maxBytes) {
            waitingForKey = true;
            dropped++;
            return;
        }
        waitingForKey = false;
        started = true;
        for (StreamTag config : configs) {
            add(config);
        }
        configs.clear();
        add(tag);
    }

    private void add(StreamTag tag) {
        tags.add(tag);
        queuedBytes += tag.bodyBytes();
    }

    private void move(List<StreamTag> into, int mostBytes) {
        int moved = 0;
        while (!tags.isEmpty() && moved < mostBytes) {
            StreamTag tag = tags.remove();
            queuedBytes -= tag.bodyBytes();
            moved += tag.bodyBytes();
            into.add(tag);
        }
    }
}
