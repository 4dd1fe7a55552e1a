package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.GapCause;
import id.pantau.media.StreamSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One reader's bounded view of a stream. When it is full, units are dropped up to the next key
/// frame and the reader is told by a [StreamSignal.Gap]. The newest format and the newest end
/// always get through. One thread takes, and is interrupted to stop it; the hub's writer offers.
public final class HubReader implements AutoCloseable {
    /// Which units wake the reader that waits. A format, gap or end always does.
    public enum Wake {
        EACH_UNIT,
        /// Pictures, and sound when there is no video or some of it waits already.
        PICTURES,
        /// Pictures; sound is not even kept where there is video.
        PICTURES_ALONE,
        NO_UNIT
    }

    /// @param units how many access units may wait
    /// @param bytes how many payload bytes may wait
    public record Limits(int units, long bytes, Wake wake) {
        /// A viewer: about two seconds of a busy camera.
        public static final Limits VIEWER = new Limits(256, 4 << 20);

        /// The recorder: rides out a disk that answers slowly for ten seconds.
        public static final Limits RECORDER = new Limits(2048, 16 << 20);

        public Limits(int units, long bytes) {
            this(units, bytes, Wake.EACH_UNIT);
        }

        /// The same for a reader that is in no hurry: units alone do not wake it, so that when its
        /// time to [HubReader#poll] is over it takes many at once. A format, gap or end wakes it;
        /// [HubReader#take] would wait for one. Waking the recorder for each unit took a third of
        /// all that recording a camera costs.
        public Limits gathering() {
            return new Limits(units, bytes, Wake.NO_UNIT);
        }

        /// The same for a reader that has no use for sound: where there is video it gets none, but
        /// what the cache gives it at the start.
        public Limits withoutSound() {
            return new Limits(units, bytes, Wake.PICTURES_ALONE);
        }

        /// The same for a reader that lets sound travel with the next picture.
        public Limits onPictures() {
            return new Limits(units, bytes, Wake.PICTURES);
        }
    }

    /// So many units may wait before sound wakes a reader that is woken by pictures: some 100 ms of
    /// it, for cameras with few pictures.
    private static final int SOUND_UNITS = 5;

    /// So many formats, gaps and ends may wait; a reader that far behind is only told how things
    /// stand.
    private static final int MAX_NOTICES = 64;

    private final String name;
    private final Limits limits;
    private final StreamHub hub;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<StreamSignal> queue = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private long queuedBytes;
    private int queuedUnits;
    private int preloadedUnits; // from the cache, at the head of the queue, beyond the limits
    private int notices;
    private boolean video;
    private boolean waitingForKeyFrame =
            true; // one unit missing makes the rest of its GOP undecodable
    private @Nullable AccessUnit firstDropped;
    private @Nullable AccessUnit lastDropped;
    private StreamSignal.@Nullable FormatChanged format; // of the running session
    private StreamSignal.@Nullable Ended lastEnd;
    private volatile boolean gathering;
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

    /// As [#poll], but units do not wake the reader and it takes none before the time is over: what
    /// came meanwhile is there to be taken with one wake-up. A format, gap or end ends the wait, as
    /// do half of the units that may wait, and [#hurry].
    public @Nullable StreamSignal gather(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            gathering = true;
            long nanos = wait.toNanos();
            while (gathering && notices == 0 && !isHalfFull() && nanos > 0) {
                nanos = notEmpty.awaitNanos(nanos);
            }
            return queue.isEmpty() ? null : remove();
        } finally {
            gathering = false;
            lock.unlock();
        }
    }

    /// Whoever [gathers][#gather] takes at once. Any thread may call it.
    public void hurry() {
        lock.lock();
        try {
            gathering = false;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isGathering() {
        return gathering;
    }

    /// How many units this reader was too slow for.
    public long dropped() {
        return dropped.sum();
    }

    /// How many units wait to be taken.
    public int backlog() {
        lock.lock();
        try {
            return preloadedUnits + queuedUnits;
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
            clear();
        } finally {
            lock.unlock();
        }
    }

    /// Units of the cache, beginning at a key frame, before anything else but the format.
    void preload(List<AccessUnit> units) {
        lock.lock();
        try {
            for (AccessUnit unit : units) {
                queue.add(new StreamSignal.Unit(unit));
            }
            preloadedUnits = units.size();
            waitingForKeyFrame = units.isEmpty();
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
                case StreamSignal.Unit(AccessUnit unit) -> {
                    if (isUnwantedSound(unit)) {
                        return;
                    }
                    offer(unit, signal);
                    if (!wakes(unit)) {
                        return;
                    }
                }
                case StreamSignal.FormatChanged changed -> {
                    tellDropped();
                    video = changed.format().video() != null;
                    notice(changed);
                    format = changed;
                }
                case StreamSignal.Gap gap -> {
                    tellDropped();
                    notice(gap);
                }
                case StreamSignal.Ended ended -> {
                    tellDropped();
                    format = null;
                    notice(ended);
                    lastEnd = ended;
                }
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnwantedSound(AccessUnit unit) {
        return limits.wake() == Wake.PICTURES_ALONE && video && !unit.isVideo();
    }

    private boolean wakes(AccessUnit unit) {
        if (gathering) {
            return isHalfFull();
        }
        return switch (limits.wake()) {
            case EACH_UNIT -> true;
            case PICTURES ->
                    unit.isVideo() || !video || queuedUnits + preloadedUnits >= SOUND_UNITS;
            case PICTURES_ALONE -> true; // else it was not taken
            case NO_UNIT -> false;
        };
    }

    private boolean isHalfFull() {
        return queuedUnits >= limits.units() / 2 || queuedBytes >= limits.bytes() / 2;
    }

    private void offer(AccessUnit unit, StreamSignal signal) {
        if (waitingForKeyFrame && !(unit.keyFrame() && unit.isVideo() == video)) {
            if (firstDropped != null) { // else it waits for its first key frame: nothing is lost
                drop(unit);
            }
            return;
        }
        if (isFullFor(unit)) {
            waitingForKeyFrame = true;
            drop(unit);
            return;
        }
        AccessUnit first = firstDropped;
        if (first != null) {
            firstDropped = null;
            addGap(unit.dts().since(first.dts()));
        }
        waitingForKeyFrame = false;
        queue.add(signal);
        queuedUnits++;
        queuedBytes += unit.sizeBytes();
    }

    /// A unit bigger than the limit is taken by a reader that has nothing else to do.
    private boolean isFullFor(AccessUnit unit) {
        return queuedUnits >= limits.units()
                || (queuedUnits > 0 && queuedBytes + unit.sizeBytes() > limits.bytes());
    }

    private void drop(AccessUnit unit) {
        if (firstDropped == null) {
            firstDropped = unit;
        }
        lastDropped = unit;
        dropped.increment();
    }

    /// What was dropped before a format, gap or end is told before it.
    private void tellDropped() {
        AccessUnit first = firstDropped;
        AccessUnit last = lastDropped;
        firstDropped = null;
        if (first != null && last != null) {
            addGap(last.dts().since(first.dts()));
        }
    }

    private void addGap(Duration length) {
        notice(new StreamSignal.Gap(length.isNegative() ? Duration.ZERO : length, GapCause.SHED));
    }

    private void notice(StreamSignal signal) {
        if (notices >= MAX_NOTICES) {
            forget();
        }
        waitingForKeyFrame = true;
        queue.add(signal);
        notices++;
    }

    /// Makes the queue short: only how things stand, then whatever comes next.
    private void forget() {
        dropped.add(preloadedUnits + queuedUnits);
        clear();
        if (lastEnd != null) {
            queue.add(lastEnd);
            notices++;
        }
        if (format != null) {
            queue.add(format);
            notices++;
        }
    }

    private void clear() {
        queue.clear();
        queuedUnits = 0;
        preloadedUnits = 0;
        queuedBytes = 0;
        notices = 0;
    }

    private StreamSignal remove() {
        StreamSignal signal = queue.remove();
        if (!(signal instanceof StreamSignal.Unit(AccessUnit unit))) {
            notices--;
        } else if (preloadedUnits > 0) {
            preloadedUnits--;
        } else {
            queuedUnits--;
            queuedBytes -= unit.sizeBytes();
        }
        return signal;
    }
}
