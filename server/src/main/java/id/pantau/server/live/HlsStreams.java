package id.pantau.server.live;

import id.pantau.media.hls.DeliveryDirectives;
import id.pantau.media.hls.HlsException;
import id.pantau.media.hls.HlsFile;
import id.pantau.media.hls.LiveHls;
import id.pantau.media.hls.MultivariantPlaylist;
import id.pantau.media.hub.CacheBudget;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The streams that are being watched as HLS. Players come and go without a word: a stream runs
/// from the first request until 15 s after the last. Thread-safe; requests block, so they belong on
/// virtual threads.
public final class HlsStreams implements CameraListener, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(15);

    /// How long a player waits for the first segment: a camera that connects, and its first GOP.
    private static final Duration FIRST_SEGMENT = Duration.ofSeconds(15);

    private static final Duration LOOK_AT_STATE = Duration.ofMillis(250);

    private record Key(CameraId camera, StreamName stream) {}

    /// One running stream.
    private static final class Watched {
        final Key key;
        final StreamLease lease;
        final LiveHls hls;
        int asking; // guarded by the lock, as is the next
        long idleSinceNanos;

        Watched(Key key, StreamLease lease, LiveHls hls) {
            this.key = key;
            this.lease = lease;
            this.hls = hls;
        }

        void close() {
            hls.close();
            lease.close();
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(LiveHls hls) throws InterruptedException;
    }

    private final CameraStreams cameras;
    private final Clock clock;
    private final Duration idle;
    private final CacheBudget budget = CacheBudget.ofHeap();
    private final Object lock = new Object();
    private final Map<Key, Watched> watched = new HashMap<>(); // guarded by lock

    public HlsStreams(CameraStreams cameras, Clock clock) {
        this(cameras, clock, IDLE);
    }

    HlsStreams(CameraStreams cameras, Clock clock, Duration idle) {
        this.cameras = cameras;
        this.clock = clock;
        this.idle = idle;
    }

    /// The media playlist of a stream.
    ///
    /// @param query put behind every name in it: `?ticket=…`, or empty
    /// @throws CameraException NOT_FOUND
    /// @throws HlsException NOT_FOUND when the camera has no such stream
    public String playlist(
            Camera camera, StreamName stream, DeliveryDirectives directives, String query)
            throws InterruptedException {
        if (camera.source(stream).isEmpty()) {
            throw new HlsException(HlsException.Reason.NOT_FOUND, "The camera has no such stream.");
        }
        var key = new Key(camera.id(), stream);
        return ask(
                key,
                hls -> {
                    awaitFirst(key, hls, FIRST_SEGMENT);
                    return hls.playlist(directives, query);
                });
    }

    /// The streams a player may choose from: those of which something comes, and with sound or
    /// without as the first has it, because no player can switch between the two.
    ///
    /// @param query put behind every name in it
    /// @throws CameraException NOT_FOUND
    /// @throws HlsException NOT_READY
    public String multivariant(Camera camera, String query) throws InterruptedException {
        Map<StreamName, Watched> running = new EnumMap<>(StreamName.class);
        try {
            for (StreamName stream : StreamName.OF_CAMERAS) {
                if (camera.source(stream).isPresent()) {
                    running.put(stream, enter(new Key(camera.id(), stream)));
                }
            }
            List<MultivariantPlaylist.Variant> variants = new ArrayList<>();
            long deadline = System.nanoTime() + FIRST_SEGMENT.toNanos();
            for (Map.Entry<StreamName, Watched> entry : running.entrySet()) {
                Watched one = entry.getValue();
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (becomesReady(one.key, one.hls, left)) {
                    String uri = entry.getKey().text() + "/index.m3u8" + query;
                    one.hls
                            .variant(uri)
                            .filter(variant -> isLikeFirst(variant, variants))
                            .ifPresent(variants::add);
                }
            }
            if (variants.isEmpty()) {
                throw notReady();
            }
            return MultivariantPlaylist.of(variants).text();
        } finally {
            running.values().forEach(this::leave);
        }
    }

    private static boolean isLikeFirst(
            MultivariantPlaylist.Variant variant, List<MultivariantPlaylist.Variant> listed) {
        return listed.isEmpty() || kinds(variant) == kinds(listed.getFirst());
    }

    /// How many media tracks it has: one is the picture.
    private static int kinds(MultivariantPlaylist.Variant variant) {
        return String.valueOf(variant.codecs()).split(",", -1).length;
    }

    /// A file that a playlist names.
    ///
    /// @throws HlsException NOT_FOUND
    public HlsFile file(CameraId camera, StreamName stream, String name)
            throws InterruptedException {
        var key = new Key(camera, stream);
        synchronized (lock) {
            if (!watched.containsKey(key)) {
                throw new HlsException(
                        HlsException.Reason.NOT_FOUND, "There is no such file any more.");
            }
        }
        return ask(key, hls -> hls.file(name));
    }

    /// How many streams are being watched.
    public int streamCount() {
        synchronized (lock) {
            return watched.size();
        }
    }

    @Override
    public void cameraSet(Camera camera) {
        // players stay: the stream itself tells them what becomes of it
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        for (StreamName stream : StreamName.values()) {
            Watched gone;
            synchronized (lock) {
                gone = watched.remove(new Key(camera.id(), stream));
            }
            if (gone != null) {
                gone.close();
            }
        }
    }

    @Override
    public void close() {
        List<Watched> all;
        synchronized (lock) {
            all = List.copyOf(watched.values());
            watched.clear();
        }
        all.forEach(Watched::close);
    }

    private <T> T ask(Key key, Question<T> question) throws InterruptedException {
        Watched entered = enter(key);
        try {
            return question.ask(entered.hls);
        } finally {
            leave(entered);
        }
    }

    private Watched enter(Key key) {
        StreamLease lease = cameras.watch(key.camera(), key.stream());
        Watched entered;
        boolean begins = false;
        synchronized (lock) {
            entered = watched.get(key);
            if (entered == null) {
                begins = true;
                LiveHls hls = LiveHls.start(lease.hub(), budget, clock.instant());
                entered = new Watched(key, lease, hls);
                watched.put(key, entered);
            }
            entered.asking++;
        }
        if (begins) {
            Watched started = entered;
            Thread.ofVirtual().name("hls-idle-" + key).start(() -> closeWhenIdle(started));
        } else {
            lease.close(); // the stream holds its own
        }
        return entered;
    }

    private void leave(Watched entered) {
        synchronized (lock) {
            entered.asking--;
            entered.idleSinceNanos = System.nanoTime();
        }
    }

    private void closeWhenIdle(Watched one) {
        try {
            while (true) {
                long wait;
                synchronized (lock) {
                    if (watched.get(one.key) != one) {
                        return; // closed by somebody else
                    }
                    long idleNanos = System.nanoTime() - one.idleSinceNanos;
                    wait = one.asking > 0 ? idle.toNanos() : idle.toNanos() - idleNanos;
                    if (wait <= 0) {
                        watched.remove(one.key);
                    }
                }
                if (wait <= 0) {
                    one.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(wait));
            }
        } catch (InterruptedException _) {
            // nobody interrupts it
        }
    }

    private void awaitFirst(Key key, LiveHls hls, Duration patience) throws InterruptedException {
        if (!becomesReady(key, hls, patience)) {
            throw notReady();
        }
    }

    /// Waits for the first segment, but not for a camera that is known to be away.
    private boolean becomesReady(Key key, LiveHls hls, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!hls.awaitFirst(LOOK_AT_STATE)) {
            boolean away =
                    cameras.findState(key.camera(), key.stream())
                            .map(StreamState::isAway)
                            .orElse(true);
            if (away || System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
        return true;
    }

    private static HlsException notReady() {
        return new HlsException(
                HlsException.Reason.NOT_READY, "Nothing comes from the camera yet; try again.");
    }
}
