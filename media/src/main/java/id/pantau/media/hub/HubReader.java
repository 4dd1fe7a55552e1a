package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.GapCause;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One reader's bounded view of a stream. When it is full, units are dropped up to the next key
/// frame and the reader is told by a [StreamSignal.Gap]. Formats and ends always get through. One
/// thread takes; the hub's writer offers.
public final class HubReader implements AutoCloseable {
    /// @param units how many access units may wait
    /// @param bytes how many payload bytes may wait
    public record Limits(int units, long bytes) {
        /// A viewer: about two seconds of a busy camera.
        public static final Limits VIEWER = new Limits(256, 4 << 20);

        /// The recorder: rides out a disk that answers slowly for ten seconds.
        public static final Limits RECORDER = new Limits(2048, 16 << 20);
    }

    private final String name;
    private final Limits limits;
    private final StreamHub hub;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<StreamSignal> queue = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private long queuedBytes;
    private int queuedUnits;
    private boolean video;
    private boolean waitingForKeyFrame =
            true; // one unit missing makes the rest of its GOP undecodable
    private @Nullable AccessUnit firstDropped;
    private boolean closed;

    HubReader(String name, Limits limits, StreamHub hub, boolean video) {
        this.name = name;
        this.limits = limits;
        this.hub = hub;
        this.video = video;
    }

    public String name() {
        return name;
    }

    /// Blocks until there is a signal.
    public StreamSignal take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) {
                notEmpty.await();
            }
            return remove();
        } finally {
            lock.unlock();
        }
    }

    /// @return the next signal, or null when none came within `wait`
    public @Nullable StreamSignal poll(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = wait.toNanos();
            while (queue.isEmpty()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = notEmpty.awaitNanos(nanos);
            }
            return remove();
        } finally {
            lock.unlock();
        }
    }

    /// How many units this reader was too slow for.
    public long dropped() {
        return dropped.sum();
    }

    /// How many units wait to be taken.
    public int backlog() {
        lock.lock();
        try {
            return queuedUnits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        hub.remove(this);
        lock.lock();
        try {
            closed = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    void offer(StreamSignal signal) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            switch (signal) {
                case StreamSignal.Unit(AccessUnit unit) -> offer(unit, signal);
                case StreamSignal.FormatChanged(StreamFormat format) -> {
                    video = format.video() != null;
                    waitingForKeyFrame = true;
                    firstDropped = null;
                    queue.add(signal);
                }
                case StreamSignal.Gap _ -> {
                    waitingForKeyFrame = true;
                    queue.add(signal);
                }
                case StreamSignal.Ended _ -> {
                    waitingForKeyFrame = true;
                    firstDropped = null;
                    queue.add(signal);
                }
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private void offer(AccessUnit unit, StreamSignal signal) {
        if (waitingForKeyFrame && !(unit.keyFrame() && unit.isVideo() == video)) {
            countIfDropping();
            return;
        }
        if (queuedUnits >= limits.units() || queuedBytes + unit.sizeBytes() > limits.bytes()) {
            waitingForKeyFrame = true;
            if (firstDropped == null) {
                firstDropped = unit;
            }
            dropped.increment();
            return;
        }
        if (waitingForKeyFrame && firstDropped != null) {
            Duration missing = unit.dts().since(firstDropped.dts());
            queue.add(new StreamSignal.Gap(missing, GapCause.SHED));
            firstDropped = null;
        }
        waitingForKeyFrame = false;
        queue.add(signal);
        queuedUnits++;
        queuedBytes += unit.sizeBytes();
    }

    /// Waiting for a key frame after an overflow is loss; waiting for the first one is not.
    private void countIfDropping() {
        if (firstDropped != null) {
            dropped.increment();
        }
    }

    private StreamSignal remove() {
        StreamSignal signal = queue.remove();
        if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
            queuedUnits--;
            queuedBytes -= unit.sizeBytes();
        }
        return signal;
    }
}
