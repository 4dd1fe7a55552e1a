package id.pantau.server.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One directory that holds recordings, and how it is. Only a volume whose identity file says what
/// it should is ever written to. Trouble is noticed by whoever meets it, in [#timed], by a watch
/// that looks at the volume every second, and by a watchdog that touches no disk and so sees an
/// operation that hangs. When all is well again, what was left unfinished is salvaged first, and
/// then the volume says it is [VolumeState#OK].
final class Volume implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Volume.class);
    static final String PROBE = ".pantau-probe";
    private static final int PROBE_BYTES = 4096;
    private static final int GOOD_PROBES = 3;

    record Health(VolumeState state, @Nullable String detail, Instant since) {
        boolean ok() {
            return state == VolumeState.OK;
        }
    }

    record Space(long totalBytes, long freeBytes) {
        static final Space UNKNOWN = new Space(0, 0);
    }

    @FunctionalInterface
    interface Io<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /// What to do before a volume that was ill is written to again.
    @FunctionalInterface
    interface Recovery {
        void run(Volume volume) throws IOException;
    }

    private record Operation(String what, long startNanos) {}

    private final Path root;
    private final VolumeIdentity identity;
    private final VolumeTiming timing;
    private final Clock clock;
    private final Consumer<Volume> changed;
    private final Recovery recovery;
    private final Ballast ballast;
    private final WriteRate rate = new WriteRate(System::nanoTime);
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger slowInARow = new AtomicInteger();
    private final Set<OpenSegment> openSegments = ConcurrentHashMap.newKeySet();
    private final Object stateLock = new Object();
    private final Ticker watch;
    private final Ticker watchdog;
    private final Ticker flusher;
    private volatile Health health;
    private volatile Space space = Space.UNKNOWN;
    private volatile @Nullable FileStore store;
    private int goodProbes; // watch thread only

    /// @param changed called after every change of health, on the thread that noticed it
    Volume(
            Path root,
            VolumeIdentity identity,
            VolumeTiming timing,
            Clock clock,
            Recovery recovery,
            Consumer<Volume> changed) {
        this.root = root;
        this.identity = identity;
        this.timing = timing;
        this.clock = clock;
        this.recovery = recovery;
        this.changed = changed;
        this.ballast = new Ballast(root);
        this.health = new Health(VolumeState.MISSING, "not looked at yet", clock.instant());
        this.watch = new Ticker("volume-watch", timing.checkEvery(), this::look);
        this.watchdog = new Ticker("volume-watchdog", timing.flushEvery(), this::findStuck);
        this.flusher = new Ticker("volume-flush", timing.flushEvery(), this::flush);
    }

    /// Looks once, salvages what a crash left, and begins to watch.
    void start() {
        if (identityHolds()) {
            try {
                recovery.run(this); // a full volume's files are listed too, or nothing could go
            } catch (IOException e) {
                log.warn("what lies on {} waits to be salvaged: {}", root, e.getMessage());
            }
        }
        look();
        watch.start();
        watchdog.start();
        flusher.start();
    }

    Path root() {
        return root;
    }

    String id() {
        return identity.id();
    }

    Health health() {
        return health;
    }

    Space space() {
        return space;
    }

    Ballast ballast() {
        return ballast;
    }

    long writeBytesPerS() {
        return rate.bytesPerS();
    }

    Watermarks watermarks() {
        return Watermarks.of(space.totalBytes(), rate.bytesPerS());
    }

    /// A segment must not fill a small volume by itself: retention cannot delete what is open.
    long longestSegmentBytes() {
        return Math.max(64 << 10, space.totalBytes() / (8L * Math.max(1, openSegments.size())));
    }

    void opened(OpenSegment segment) {
        openSegments.add(segment);
    }

    void closed(OpenSegment segment) {
        openSegments.remove(segment);
    }

    void wrote(long bytes) {
        rate.add(bytes);
    }

    /// How much was written since the start.
    long writtenBytes() {
        return rate.totalBytes();
    }

    /// Runs disk work of a recorder: measured, and its failure made known.
    ///
    /// @throws VolumeTrouble when the volume is not well, or the work failed
    <T extends @Nullable Object> T timed(String what, Io<T> io) throws VolumeTrouble {
        Health now = health;
        if (!now.ok()) {
            throw new VolumeTrouble("the volume is " + now.state(), null);
        }
        long start = System.nanoTime();
        var operation = new Operation(what, start);
        running.add(operation);
        try {
            T result = io.run();
            measure(what, System.nanoTime() - start);
            return result;
        } catch (IOException e) {
            fail(what, e);
            throw new VolumeTrouble("cannot " + what, e);
        } finally {
            running.remove(operation);
        }
    }

    private void measure(String what, long nanos) {
        if (nanos < timing.slowAfter().toNanos()) {
            slowInARow.set(0);
        } else if (slowInARow.incrementAndGet() >= VolumeTiming.SLOW_IN_A_ROW) {
            become(
                    VolumeState.SLOW,
                    "%d operations in a row took more than %d ms; the last was to %s"
                            .formatted(
                                    VolumeTiming.SLOW_IN_A_ROW,
                                    timing.slowAfter().toMillis(),
                                    what));
        }
    }

    /// @throws IOException when the identity is not the one expected; the volume knows by then
    void checkIdentity() throws IOException {
        Optional<String> found = VolumeIdentity.readId(root);
        if (found.isEmpty()) {
            become(
                    VolumeState.MISSING,
                    "%s has no %s: it is not mounted or was pulled out"
                            .formatted(root, VolumeIdentity.FILE));
            throw new VolumeTrouble("the volume is missing", null);
        }
        if (!found.get().equals(identity.id())) {
            become(
                    VolumeState.FOREIGN,
                    "%s is volume %s, expected was %s".formatted(root, found.get(), identity.id()));
            throw new VolumeTrouble("another volume is in its place", null);
        }
    }

    /// Takes a failure for what it is.
    void fail(String what, IOException cause) {
        if (cause instanceof VolumeTrouble) {
            return; // known already
        }
        String text = String.valueOf(cause.getMessage());
        if (isNoSpace(cause)) {
            become(VolumeState.FULL, "no space left to " + what);
            return;
        }
        if (!identityHolds()) {
            return;
        }
        boolean readOnly = text.contains("Read-only");
        become(
                VolumeState.READ_ONLY,
                readOnly
                        ? "%s is mounted read-only".formatted(root)
                        : "%s refuses to %s: %s"
                                .formatted(
                                        root, what, cause.getClass().getSimpleName() + " " + text));
    }

    static boolean isNoSpace(IOException cause) {
        String text = String.valueOf(cause.getMessage());
        return text.contains("No space left") || text.contains("quota exceeded");
    }

    private boolean identityHolds() {
        try {
            checkIdentity();
            return true;
        } catch (VolumeTrouble _) {
            return false;
        } catch (IOException e) {
            become(VolumeState.MISSING, "%s cannot be read: %s".formatted(root, e.getMessage()));
            return false;
        }
    }

    private void become(VolumeState state, @Nullable String detail) {
        synchronized (stateLock) {
            Health before = health;
            if (before.state() == state) {
                return;
            }
            // a sick volume may look sick in other ways too: its first cause stands, except that
            // one that is not there any more is just that
            boolean gone = state == VolumeState.MISSING || state == VolumeState.FOREIGN;
            boolean wasGone =
                    before.state() == VolumeState.MISSING || before.state() == VolumeState.FOREIGN;
            if (!before.ok() && state != VolumeState.OK && !gone && !wasGone) {
                return;
            }
            health = new Health(state, detail, clock.instant());
            slowInARow.set(0);
        }
        log.info("volume {} is {}: {}", root, state, detail == null ? "well" : detail);
        changed.accept(this);
    }

    // -- threads -------------------------------------------------------------------------------

    private void findStuck() {
        long now = System.nanoTime();
        for (Operation operation : running) {
            if (now - operation.startNanos() > timing.stuckAfter().toNanos()) {
                become(
                        VolumeState.SLOW,
                        "it has taken more than %d ms to %s"
                                .formatted(timing.stuckAfter().toMillis(), operation.what()));
            }
        }
    }

    private void flush() {
        for (OpenSegment segment : openSegments) {
            if (!health.ok()) {
                return;
            }
            segment.flush();
        }
    }

    private void look() {
        rate.measure();
        if (!identityHolds()) {
            return;
        }
        try {
            FileStore known = store();
            space = new Space(known.getTotalSpace(), known.getUsableSpace());
            if (!health.ok()) {
                tryAgain();
            } else if (space.freeBytes() < watermarks().floorBytes()) {
                become(VolumeState.FULL, "less than the floor of free space is left");
            } else {
                ballast.keep(space, watermarks());
            }
        } catch (IOException e) {
            fail("look at the volume", e);
        }
    }

    /// Asks the file system, now.
    long measureFreeBytes() throws IOException {
        return store().getUsableSpace();
    }

    /// To find it reads the whole table of mounts. It asks the file system that is mounted at the
    /// root when it is asked, so it stays right when another one is.
    private FileStore store() throws IOException {
        FileStore known = store;
        if (known == null) {
            known = Files.getFileStore(root);
            store = known;
        }
        return known;
    }

    private void tryAgain() throws IOException {
        VolumeState ill = health.state();
        if (ill == VolumeState.FULL && space.freeBytes() < 2 * watermarks().floorBytes()) {
            return;
        }
        long start = System.nanoTime();
        try {
            probe();
        } catch (IOException e) {
            goodProbes = 0;
            log.debug("volume {} is still ill: {}", root, e.getMessage());
            return;
        }
        boolean fast = System.nanoTime() - start < timing.slowAfter().toNanos();
        goodProbes = fast ? goodProbes + 1 : 0;
        if (ill != VolumeState.SLOW || goodProbes >= GOOD_PROBES) {
            goodProbes = 0;
            recovery.run(this);
            become(VolumeState.OK, null);
        }
    }

    /// Writes, forces and deletes a small file.
    private void probe() throws IOException {
        Path file = root.resolve(PROBE);
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.deleteIfExists(file);
    }

    /// Looks now instead of within a second.
    void lookSoon() {
        watch.wake();
    }

    @Override
    public void close() {
        flusher.close();
        watchdog.close();
        watch.close();
    }
}
