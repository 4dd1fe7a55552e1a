package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One stream's meeting point: one writer, any number of readers, no waiting. A reader that falls
/// behind loses whole GOPs and nobody else notices. Keeps the newest GOPs, so that a new reader
/// starts with a picture and a recording can begin before its trigger.
public final class StreamHub {
    /// How much of the past is kept: always the running GOP, and older ones while they fit. Whole
    /// GOPs are dropped, oldest first. A running GOP that alone exceeds `bytes` is not kept: the
    /// cache then stays empty until the next key frame.
    ///
    /// @param preRoll how far back older GOPs are kept, as far as the [CacheBudget] allows
    /// @param bytes bound for all of it
    public record CacheLimits(Duration preRoll, long bytes) {
        public static final CacheLimits DEFAULT = new CacheLimits(Duration.ofSeconds(10), 8 << 20);
    }

    /// Where a new reader begins.
    public enum Start {
        /// At the newest cached key frame, at once; the first picture needs no waiting.
        NEWEST_KEY_FRAME,
        /// At the oldest cached key frame: everything the cache holds (pre-roll).
        OLDEST_KEY_FRAME,
        /// At the next key frame to come.
        NEXT_KEY_FRAME
    }

    private final String name;
    private final GopCache cache;
    private final List<HubReader> readers = new CopyOnWriteArrayList<>();
    private final LongAdder unitsIn = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final Object lock =
            new Object(); // orders a subscription against the units being published
    private volatile @Nullable StreamFormat format;

    public StreamHub(String name, CacheLimits limits) {
        this(name, limits, CacheBudget.unlimited());
    }

    /// @param budget shared with the other hubs of the server
    public StreamHub(String name, CacheLimits limits, CacheBudget budget) {
        this.name = name;
        this.cache = new GopCache(limits, budget);
    }

    public String name() {
        return name;
    }

    /// Called by the one writer of this stream; never blocks on a reader.
    public void accept(StreamSignal signal) {
        synchronized (lock) {
            switch (signal) {
                case StreamSignal.FormatChanged(StreamFormat next) -> {
                    format = next;
                    cache.clear(next);
                }
                case StreamSignal.Unit(AccessUnit unit) -> {
                    unitsIn.increment();
                    bytesIn.add(unit.sizeBytes());
                    cache.add(unit);
                }
                case StreamSignal.Gap _ -> cache.clear();
                case StreamSignal.Ended _ -> {
                    format = null;
                    cache.clear();
                }
            }
            for (HubReader reader : readers) {
                reader.offer(signal);
            }
        }
    }

    /// @param limits what this reader may hold before it loses media; what the cache gives it at
    ///   the start does not count
    public HubReader subscribe(String readerName, HubReader.Limits limits, Start start) {
        synchronized (lock) {
            var reader = new HubReader(readerName, limits, this, format != null && hasVideo());
            StreamFormat current = format;
            if (current != null) {
                reader.offer(new StreamSignal.FormatChanged(current));
                reader.preload(cachedFrom(start));
            }
            readers.add(reader);
            return reader;
        }
    }

    /// What the running session carries; empty between sessions.
    public Optional<StreamFormat> format() {
        return Optional.ofNullable(format);
    }

    public long unitsIn() {
        return unitsIn.sum();
    }

    public long bytesIn() {
        return bytesIn.sum();
    }

    /// Whether a reader takes units as they come, and does not let them [gather][HubReader#gather].
    public boolean isAwaited() {
        for (HubReader reader : readers) {
            if (!reader.isGathering()) {
                return true;
            }
        }
        return false;
    }

    /// Units lost to slow readers that are still subscribed.
    public long unitsDropped() {
        return readers.stream().mapToLong(HubReader::dropped).sum();
    }

    public int readerCount() {
        return readers.size();
    }

    private boolean hasVideo() {
        StreamFormat current = format;
        return current != null && current.video() != null;
    }

    private List<AccessUnit> cachedFrom(Start start) {
        return switch (start) {
            case NEWEST_KEY_FRAME -> cache.newestGop();
            case OLDEST_KEY_FRAME -> cache.all();
            case NEXT_KEY_FRAME -> List.of();
        };
    }

    void remove(HubReader reader) {
        readers.remove(reader);
    }
}
