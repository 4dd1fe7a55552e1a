package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One source being played, from its first client to its last: takes its access units on a thread
/// of its own, makes the packets once and hands them to every client. Keeps the newest GOP, so that
/// a further client starts at once.
final class MountRun {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    /// A longer GOP is not kept; then a client waits for the next key frame.
    private static final int MAX_CACHE_BYTES = 8 << 20;

    /// Whoever takes part; called on the source's thread and never blocks.
    interface Listener {
        /// Before the first media.
        ///
        /// @param starts by index of the media track, as far as known
        void starting(Map<Integer, Start> starts);

        void media(PacketBatch batch);

        /// Nothing more comes.
        void ended(String why);
    }

    /// Where a media track starts for a client.
    record Start(int seq, int rtpTime) {}

    private final RtspSource source;
    private final LongAdder malformed;
    private final Runnable whenIdle;
    private final Object lock = new Object(); // orders a client's start against the units
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final List<PacketBatch> cache = new ArrayList<>();
    private final StreamFormat format;
    private final Map<MediaKind, RtpSender> senders = new HashMap<>();
    private final Map<MediaKind, Instant> reportedAt = new HashMap<>();
    private final Thread thread;
    private StreamFormat current;
    private int cacheBytes;
    private boolean begun;
    private boolean ended;

    /// What is added to the source's times: any number, and so that a new session of the source
    /// continues the old one.
    private long shift90k;

    private @Nullable AccessUnit lastUnit;
    private boolean newSession;

    /// @param format what clients were told by DESCRIBE
    /// @param malformed counts access units that could not be packetised
    /// @param whenIdle called when the last client has left or the source has ended
    MountRun(
            String name,
            RtspSource source,
            StreamFormat format,
            RandomGenerator random,
            LongAdder malformed,
            Runnable whenIdle) {
        this.source = source;
        this.format = format;
        this.current = format;
        this.malformed = malformed;
        this.whenIdle = whenIdle;
        this.shift90k = random.nextLong(1L << 32); // RTP times begin anywhere (RFC 3550 §5.1)
        for (MediaFormat track : tracks(format)) {
            senders.put(track.codec().kind(), new RtpSender(senders.size(), track, random));
        }
        this.thread = Thread.ofVirtual().name("rtsp-mount-" + name).unstarted(this::run);
    }

    /// Video first, as in the session description.
    static List<MediaFormat> tracks(StreamFormat format) {
        var tracks = new ArrayList<MediaFormat>();
        VideoFormat video = format.video();
        AudioFormat audio = format.audio();
        if (video != null) {
            tracks.add(video);
        }
        if (audio != null) {
            tracks.add(audio);
        }
        return tracks;
    }

    /// Begins to read the source; called after each join, the first one counts.
    void start() {
        synchronized (lock) {
            if (!begun) {
                begun = true;
                thread.start();
            }
        }
    }

    /// Waits until the source is closed, once the last client has left.
    void awaitEnd() throws InterruptedException {
        boolean running;
        synchronized (lock) {
            running = begun;
        }
        if (running) {
            thread.join();
        }
    }

    StreamFormat format() {
        return format;
    }

    RtspTampering tampering() {
        return source.tampering();
    }

    /// The cached GOP is given to the listener before this returns.
    ///
    /// @return false when the run is over
    boolean join(Listener listener) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            var starts = new HashMap<Integer, Start>();
            for (PacketBatch batch : cache) {
                if (!batch.rtcp()) {
                    starts.putIfAbsent(batch.track(), new Start(batch.firstSeq(), batch.rtpTime()));
                }
            }
            listener.starting(starts);
            listeners.add(listener);
            reportedAt.clear(); // the next units bring reports with them
            cache.forEach(listener::media);
            return true;
        }
    }

    void leave(Listener listener) {
        boolean idle;
        synchronized (lock) {
            listeners.remove(listener);
            idle = listeners.isEmpty() && !ended;
            ended |= idle;
        }
        if (idle) {
            thread.interrupt();
            whenIdle.run();
        }
    }

    private void run() {
        String why = "the stream ended";
        try (RtspSource.Feed feed = source.open()) {
            while (handle(feed.take())) {}
        } catch (InterruptedException _) {
            why = "nobody watches";
        } catch (RuntimeException e) {
            why = "the stream cannot be read: " + e.getMessage();
        }
        finish(why);
    }

    private void finish(String why) {
        List<Listener> left;
        synchronized (lock) {
            ended = true;
            left = List.copyOf(listeners);
            listeners.clear();
        }
        left.forEach(listener -> listener.ended(why));
        whenIdle.run();
    }

    /// @return false when clients have to begin anew
    private boolean handle(StreamSignal signal) {
        synchronized (lock) {
            return switch (signal) {
                case StreamSignal.FormatChanged(StreamFormat next) -> change(next);
                case StreamSignal.Unit(AccessUnit unit) -> {
                    send(unit);
                    yield true;
                }
                case StreamSignal.Gap _ -> {
                    clearCache();
                    yield true;
                }
                case StreamSignal.Ended _ -> {
                    newSession = true;
                    clearCache();
                    yield true;
                }
            };
        }
    }

    /// Other parameter sets go on in band; other media tracks need another DESCRIBE.
    private boolean change(StreamFormat next) {
        if (!sameDescription(format, next)) {
            return false;
        }
        current = next;
        for (MediaFormat track : tracks(next)) {
            RtpSender sender = senders.get(track.codec().kind());
            if (sender != null) {
                sender.change(track);
            }
        }
        clearCache();
        return true;
    }

    /// Whether a client that was told of `format` can go on with `next`.
    static boolean sameDescription(StreamFormat format, StreamFormat next) {
        VideoFormat video = format.video();
        VideoFormat nextVideo = next.video();
        boolean sameVideo =
                video == null
                        ? nextVideo == null
                        : nextVideo != null && video.codec() == nextVideo.codec();
        AudioFormat audio = format.audio();
        return sameVideo && (audio == null ? next.audio() == null : audio.equals(next.audio()));
    }

    private void send(AccessUnit unit) {
        RtpSender sender = senders.get(unit.kind());
        if (sender == null) {
            return;
        }
        AccessUnit shifted = shift(unit);
        Instant reported = reportedAt.get(unit.kind());
        PacketBatch packets;
        try {
            packets = sender.packets(shifted);
        } catch (IllegalArgumentException _) {
            malformed.increment(); // an access unit that nobody could decode
            return;
        }
        boolean key = unit.keyFrame() && unit.isVideo() == (current.video() != null);
        PacketBatch batch = key == packets.key() ? packets : notKey(packets);
        if (key) {
            clearCache();
        }
        publish(batch, key || !cache.isEmpty());
        if (reported == null || due(reported, unit.wallTime())) {
            reportedAt.put(unit.kind(), unit.wallTime());
            publish(sender.senderReport(shifted.pts(), shifted.wallTime()), !cache.isEmpty());
        }
    }

    private static boolean due(Instant reported, Instant now) {
        return Duration.between(reported, now).abs().compareTo(REPORT_EVERY) >= 0;
    }

    /// Every audio frame is a key frame; no client may begin at one while there is video.
    private static PacketBatch notKey(PacketBatch batch) {
        return new PacketBatch(
                batch.track(),
                batch.rtcp(),
                false,
                batch.firstSeq(),
                batch.rtpTime(),
                batch.frames());
    }

    private void publish(PacketBatch batch, boolean keep) {
        if (keep) {
            cache.add(batch);
            cacheBytes += batch.sizeBytes();
            if (cacheBytes > MAX_CACHE_BYTES) {
                clearCache();
            }
        }
        for (Listener listener : listeners) {
            listener.media(batch);
        }
    }

    private void clearCache() {
        cache.clear();
        cacheBytes = 0;
    }

    private AccessUnit shift(AccessUnit unit) {
        AccessUnit last = lastUnit;
        if (newSession && last != null) {
            Duration passed = Duration.between(last.wallTime(), unit.wallTime());
            MediaTime continued = last.dts().plus(passed.isNegative() ? Duration.ZERO : passed);
            shift90k = continued.ticks90k() - unit.dts().ticks90k();
        }
        newSession = false;
        var shifted =
                new AccessUnit(
                        unit.kind(),
                        new MediaTime(unit.dts().ticks90k() + shift90k),
                        new MediaTime(unit.pts().ticks90k() + shift90k),
                        unit.keyFrame(),
                        unit.wallTime(),
                        unit.payload());
        lastUnit = shifted;
        return shifted;
    }
}
