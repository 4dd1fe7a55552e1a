package id.pantau.media.hls;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.CacheBudget;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One stream as HLS and Low-Latency HLS (RFC 8216bis): a rolling window of fMP4 segments and parts
/// in memory, made once for all players. Owns a virtual thread that reads the hub. Questions may be
/// asked from any thread and may block: from virtual threads, then.
public final class LiveHls implements AutoCloseable {
    /// More than a GOP in the hub's cache can be, so that the start loses nothing.
    private static final HubReader.Limits READER = new HubReader.Limits(4096, 16 << 20);

    /// How far beyond the list players may ask (§6.2.5.2).
    private static final int ADVANCE_SEGMENTS = 2;

    private static final Pattern INIT = Pattern.compile("init-(\\d{1,18})\\.mp4");
    private static final Pattern SEGMENT = Pattern.compile("segment-(\\d{1,18})\\.m4s");
    private static final Pattern PART = Pattern.compile("part-(\\d{1,18})-(\\d{1,5})\\.m4s");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final LiveSegmenter segmenter;
    private final Thread thread;
    private volatile @Nullable LiveWindow window; // written under lock
    private boolean digesting = true; // the thread's own, as is the next
    private @Nullable LiveWindow digested;
    private boolean closed; // guarded by lock

    private LiveHls(StreamHub hub, CacheBudget budget, Instant now) {
        segmenter = new LiveSegmenter(now.getEpochSecond(), budget, this::publish);
        // Subscribed here and not by the thread: nothing sent from now on is missed.
        HubReader reader = hub.subscribe("hls", READER, StreamHub.Start.OLDEST_KEY_FRAME);
        thread = Thread.ofVirtual().name("hls-" + hub.name()).unstarted(() -> read(reader));
    }

    /// @param budget shared by the streams of a server
    /// @param now numbers segments higher than those of any earlier run: players and caches
    ///   remember names, and a segment is never shorter than a second
    public static LiveHls start(StreamHub hub, CacheBudget budget, Instant now) {
        var hls = new LiveHls(hub, budget, now);
        hls.thread.start();
        return hls;
    }

    /// Waits for the first segment; until then there is no playlist.
    ///
    /// @return whether it is there
    public boolean awaitFirst(Duration patience) throws InterruptedException {
        try {
            await(next -> !next.listed().isEmpty(), patience);
            return true;
        } catch (HlsException _) {
            return false;
        }
    }

    /// The media playlist, when it holds what was asked for. Blocks for that up to three target
    /// durations (§6.2.5.2).
    ///
    /// @param query put behind every name: `?ticket=…`, or empty
    /// @throws HlsException INVALID when the player asks for what is far from coming; NOT_READY
    public String playlist(DeliveryDirectives directives, String query)
            throws InterruptedException {
        LiveWindow now = await(next -> !next.listed().isEmpty(), Duration.ZERO);
        Long number = directives.number();
        if (number != null) {
            requireNear(now, number, directives.part());
            now =
                    await(
                            next -> next.reaches(number, directives.part()),
                            now.targetDuration().multipliedBy(3));
        }
        return new LivePlaylist(now, query).text(directives.skip());
    }

    /// A file that a playlist names. Blocks for the part that the newest playlist hints at, up to
    /// three target durations.
    ///
    /// @throws HlsException NOT_FOUND
    public HlsFile file(String name) throws InterruptedException {
        LiveWindow now = window;
        if (now == null) {
            throw notFound();
        }
        Matcher part = PART.matcher(name);
        if (part.matches()) {
            return part(now, Long.parseLong(part.group(1)), Integer.parseInt(part.group(2)));
        }
        Matcher segment = SEGMENT.matcher(name);
        if (segment.matches()) {
            long number = Long.parseLong(segment.group(1));
            return now.find(number)
                    .filter(found -> found.number() < now.nextNumber())
                    .map(HlsFile::of)
                    .orElseThrow(LiveHls::notFound);
        }
        Matcher init = INIT.matcher(name);
        if (init.matches()) {
            long number = Long.parseLong(init.group(1));
            return now.findInit(number).map(HlsFile::of).orElseThrow(LiveHls::notFound);
        }
        throw notFound();
    }

    /// What a multivariant playlist says of this stream; empty before the first segment.
    ///
    /// @param uri of its media playlist
    public Optional<MultivariantPlaylist.Variant> variant(String uri) {
        LiveWindow now = window;
        return now == null || now.listed().isEmpty()
                ? Optional.empty()
                : Optional.of(variant(now, uri));
    }

    /// Ends the thread and everybody's waiting.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            published.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(HubReader reader) {
        try (segmenter;
                reader) {
            digest(reader);
            while (true) {
                segmenter.accept(reader.take());
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// Takes what the hub had kept, and tells of it at once: a player that is told of its first
    /// segment begins to play there, and stays that far behind.
    private void digest(HubReader reader) throws InterruptedException {
        for (int left = reader.backlog(); left > 0; ) {
            StreamSignal signal = reader.take();
            if (signal instanceof StreamSignal.Unit) {
                left--;
            }
            segmenter.accept(signal);
        }
        digesting = false;
        LiveWindow newest = digested;
        if (newest != null) {
            publish(newest);
        }
    }

    private void publish(LiveWindow next) {
        if (digesting) {
            digested = next;
            return;
        }
        lock.lock();
        try {
            window = next;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private HlsFile part(LiveWindow now, long number, int part) throws InterruptedException {
        LiveWindow found = now;
        if (number == now.nextNumber() && part == now.openParts()) {
            Duration patience = now.targetDuration().multipliedBy(3);
            try {
                found =
                        await(
                                next -> next.nextNumber() > number || next.openParts() > part,
                                patience);
            } catch (HlsException _) {
                throw notFound();
            }
        }
        return found.find(number)
                .filter(segment -> part < segment.parts().size())
                .map(segment -> HlsFile.of(segment.parts().get(part)))
                .orElseThrow(LiveHls::notFound);
    }

    /// @throws HlsException NOT_READY
    private LiveWindow await(Predicate<LiveWindow> enough, Duration patience)
            throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                LiveWindow now = window;
                if (now != null && enough.test(now)) {
                    return now;
                }
                if (closed || nanos <= 0) {
                    throw new HlsException(
                            HlsException.Reason.NOT_READY,
                            "The camera has not sent that yet; try again.");
                }
                nanos = published.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void requireNear(LiveWindow now, long number, @Nullable Integer part) {
        long newest = now.listed().getLast().number();
        boolean far =
                number > newest + ADVANCE_SEGMENTS
                        || (part != null
                                && number >= now.nextNumber()
                                && part
                                        >= (number == now.nextNumber() ? now.openParts() : 0)
                                                + advanceParts(now));
        if (far) {
            throw new HlsException(
                    HlsException.Reason.INVALID,
                    "_HLS_msn or _HLS_part lies too far ahead of the playlist.");
        }
    }

    /// The advance part limit (§6.2.5.2).
    private static int advanceParts(LiveWindow now) {
        long ms = Math.max(1, now.partTarget().toMillis());
        return ms < 1000 ? (int) Math.ceilDiv(3000, ms) : 3;
    }

    private static MultivariantPlaylist.Variant variant(LiveWindow now, String uri) {
        List<LiveSegment> listed = now.listed();
        LiveSegment newest = listed.getLast();
        StreamFormat format = newest.init().segment().format();
        VideoFormat video = format.video();
        long peak = listed.stream().mapToLong(LiveHls::bitsPerSecond).max().orElse(0);
        long average = (long) listed.stream().mapToLong(LiveHls::bitsPerSecond).average().orElse(0);
        double fps = newest.pictures() * 1e9 / Math.max(1, newest.duration().toNanos());
        return new MultivariantPlaylist.Variant(
                uri,
                peak,
                newest.init().segment().codecs(),
                video == null ? 0 : video.widthPx(),
                video == null ? 0 : video.heightPx(),
                Math.round(fps * 1000) / 1000.0,
                List.of(
                        new MultivariantPlaylist.Attribute(
                                "AVERAGE-BANDWIDTH", Long.toString(average))));
    }

    private static long bitsPerSecond(LiveSegment segment) {
        double seconds = Math.max(1, segment.duration().toNanos()) / 1e9;
        return (long) Math.ceil(segment.sizeBytes() * 8 / seconds);
    }

    private static HlsException notFound() {
        return new HlsException(
                HlsException.Reason.NOT_FOUND, "There is no such file, or not any more.");
    }
}
