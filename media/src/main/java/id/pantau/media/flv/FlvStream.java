package id.pantau.media.flv;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One source being played, from its first listener to its last: takes its access units on a thread
/// of its own, makes the tags once and hands them to every listener. Keeps the newest GOP, so that
/// a further listener starts at once.
final class FlvStream {
    private static final System.Logger LOG = System.getLogger(FlvStream.class.getName());

    /// A longer GOP is not kept; then a listener waits for the next key frame.
    private static final int MAX_CACHE_BYTES = 8 << 20;

    /// A source that gives nothing for so long is given up, for those who watch it, too: some of
    /// them are gone already, which only a write would tell.
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /// At 25 pictures/s this is one write per picture and listener instead of three.
    private static final Duration HOLD_SOUND = Duration.ofMillis(40);

    /// Units taken together: what waits is handed out in one go, with one write per listener.
    private static final int MAX_BATCH = 64;

    private final String name;
    private final FlvSource source;
    private final Consumer<FlvStream> whenIdle;
    private final Thread thread;
    private final Object lock = new Object(); // orders a listener's start against the tags
    private final Set<FlvStreams.Listener> listeners = new LinkedHashSet<>();
    private final List<StreamTag> cache = new ArrayList<>();
    private List<StreamTag> configs = List.of();
    private int cacheBytes;
    private boolean begun;
    private boolean ended;

    // The thread's own.
    private final List<StreamTag> batch = new ArrayList<>();
    private @Nullable TagWriter writer;
    private @Nullable AccessUnit lastUnit;
    private long lastUnitNanos;
    private boolean onlySound; // in the batch, of a stream with pictures
    private long shift90k;
    private boolean newSession = true;

    /// @param whenIdle called when the last listener has left or the source has ended
    FlvStream(String name, FlvSource source, Consumer<FlvStream> whenIdle) {
        this.name = name;
        this.source = source;
        this.whenIdle = whenIdle;
        this.thread = Thread.ofVirtual().name("flv-" + name).unstarted(this::run);
    }

    static boolean carries(StreamFormat format) {
        AudioFormat audio = format.audio();
        return format.video() != null || (audio != null && TagWriter.carries(audio));
    }

    String name() {
        return name;
    }

    /// The configurations and the cached GOP are offered to the listener before this returns.
    ///
    /// @return false when the stream is over
    boolean join(FlvStreams.Listener listener) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            listeners.add(listener);
            if (!configs.isEmpty()) {
                listener.offer(configs);
                listener.offer(cache);
            }
            if (!begun) {
                begun = true;
                thread.start();
            }
        }
        listener.flush();
        return true;
    }

    void leave(FlvStreams.Listener listener) {
        boolean idle;
        synchronized (lock) {
            listeners.remove(listener);
            idle = listeners.isEmpty() && !ended;
            ended |= idle;
        }
        if (idle) {
            thread.interrupt();
            whenIdle.accept(this);
        }
    }

    void close() {
        synchronized (lock) {
            if (!begun) {
                ended = true;
                return;
            }
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        lastUnitNanos = System.nanoTime();
        String why = "nothing comes any more";
        try (FlvSource.Feed feed = source.open()) {
            while (takeBatch(feed)) {
                publish();
            }
        } catch (InterruptedException _) {
            why = "the stream is over"; // or nobody is left to be told
        } catch (RuntimeException e) {
            why = "the stream cannot be read: " + e.getMessage();
        }
        finish(why);
    }

    private void finish(String why) {
        List<FlvStreams.Listener> left;
        synchronized (lock) {
            ended = true;
            left = List.copyOf(listeners);
            listeners.clear();
        }
        whenIdle.accept(this);
        left.forEach(listener -> listener.ended(why));
    }

    /// Waits for one signal, and takes what waits behind it. Sound alone waits for the next
    /// picture: most of its frames then cost no write of their own.
    ///
    /// @return false when nothing comes any more, or nothing that can be played
    private boolean takeBatch(FlvSource.Feed feed) throws InterruptedException {
        batch.clear();
        onlySound = true;
        long heldSinceNanos = 0;
        StreamSignal signal = feed.poll(SILENCE.minusNanos(System.nanoTime() - lastUnitNanos));
        if (signal == null) {
            return false;
        }
        while (signal != null) {
            if (!handle(signal)) {
                return false;
            }
            Duration wait = Duration.ZERO;
            if (!batch.isEmpty() && onlySound) {
                long now = System.nanoTime();
                heldSinceNanos = heldSinceNanos == 0 ? now : heldSinceNanos;
                wait = HOLD_SOUND.minusNanos(now - heldSinceNanos);
            }
            signal = batch.size() < MAX_BATCH ? feed.poll(wait) : null;
        }
        return true;
    }

    private boolean handle(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat next) -> {
                if (!carries(next)) {
                    return false;
                }
                writer = new TagWriter(next);
                onlySound = false;
                AccessUnit last = lastUnit;
                batch.addAll(writer.configs(last == null ? 0 : timestampMs(last)));
            }
            case StreamSignal.Unit(AccessUnit unit) -> make(unit);
            case StreamSignal.Gap _ -> {} // the next unit is a key frame: players jump over it
            case StreamSignal.Ended _ -> newSession = true;
        }
        return true;
    }

    private void make(AccessUnit unit) {
        TagWriter current = writer;
        if (current == null) {
            return;
        }
        continueTime(unit);
        StreamTag tag = current.unit(unit, timestampMs(unit));
        if (tag != null) {
            batch.add(tag);
            onlySound &= tag.role() == StreamTag.Role.OTHER && !unit.isVideo();
        }
        lastUnit = unit;
        lastUnitNanos = System.nanoTime();
    }

    /// Time begins at 0, and a new session of the source continues the old one.
    private void continueTime(AccessUnit unit) {
        if (!newSession) {
            return;
        }
        newSession = false;
        AccessUnit last = lastUnit;
        if (last == null) {
            shift90k = -unit.dts().ticks90k();
            return;
        }
        Duration passed = Duration.between(last.wallTime(), unit.wallTime());
        MediaTime continued = last.dts().plus(passed.isNegative() ? Duration.ZERO : passed);
        shift90k += continued.ticks90k() - unit.dts().ticks90k();
    }

    /// Sound from before the first key frame would be negative, which no player wants.
    private int timestampMs(AccessUnit unit) {
        return (int) Math.max(0, Math.floorDiv(unit.dts().ticks90k() + shift90k, 90L));
    }

    private void publish() {
        if (batch.isEmpty()) {
            return;
        }
        List<FlvStreams.Listener> all;
        synchronized (lock) {
            batch.forEach(this::keep);
            for (FlvStreams.Listener listener : listeners) {
                listener.offer(batch);
            }
            all = List.copyOf(listeners);
        }
        for (FlvStreams.Listener listener : all) {
            try {
                listener.flush();
            } catch (RuntimeException broken) {
                // A fault of ours must cost one listener, never all of them.
                LOG.log(System.Logger.Level.ERROR, "a player of " + name + " failed", broken);
                leave(listener);
            }
        }
    }

    private void keep(StreamTag tag) {
        switch (tag.role()) {
            case CONFIG -> {
                var next = new ArrayList<StreamTag>();
                if (tag.kind() != FlvTag.Kind.SCRIPT) { // which begins every set of them
                    next.addAll(configs);
                }
                next.add(tag);
                configs = next;
                clearCache();
            }
            case KEY -> {
                clearCache();
                cache(tag);
            }
            case OTHER -> {
                if (!cache.isEmpty()) {
                    cache(tag);
                }
            }
        }
    }

    private void cache(StreamTag tag) {
        cache.add(tag);
        cacheBytes += tag.bodyBytes();
        if (cacheBytes > MAX_CACHE_BYTES) {
            clearCache();
        }
    }

    private void clearCache() {
        cache.clear();
        cacheBytes = 0;
    }
}
