package id.pantau.server.recording;

import id.pantau.media.hub.StreamHub;
import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recorder of this server: puts its parts together, starts them and ends them.
public final class Recording implements RecordingControl, Volumes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recording.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int FORGET_BATCH = 64;

    private final Database database;
    private final RecordingSettings settings;
    private final Clock clock;
    private final LedgerQueue ledger;
    private final Salvage salvage;
    private final Alarms alarms;
    private final Volume volume;
    private final Ticker retention;
    private final RecordingListener listener;
    private final RecordingReader reader;
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final Map<String, Diary> diaries = new ConcurrentHashMap<>();
    private final RingBudget ringBudget;
    private final Map<String, PolicyRow> policies = new ConcurrentHashMap<>();

    private Recording(
            Database database,
            RecordingSettings settings,
            VolumeIdentity identity,
            Clock clock,
            RecordingListener listener) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.ringBudget = new RingBudget(settings.ring().totalBytes());
        this.alarms = new Alarms(clock, this::tell);
        this.salvage = new Salvage(database);
        this.volume =
                new Volume(
                        settings.volume(),
                        identity,
                        settings.timing(),
                        clock,
                        this::recover,
                        this::volumeChanged);
        this.ledger = new LedgerQueue(database, () -> volume.ballast().drop());
        var rounds = new Retention(database, volume, settings.retention(), clock, alarms);
        this.retention =
                new Ticker("volume-retention", settings.timing().checkEvery(), rounds::run);
        this.reader = new RecordingReader(database, ledger, volume, recorders, clock);
    }

    /// Opens the default volume, finishes what a crash left, and begins to watch; cameras are to be
    /// attached. A volume that is not there does not stop the start: recording waits for it. The
    /// default volume is created when there never was one, if it is in the home.
    ///
    /// @throws RecordingException VOLUME_UNUSABLE when a new volume cannot be created, or a
    ///   directory outside the home never was one
    public static Recording open(
            Database database,
            RecordingSettings settings,
            Clock clock,
            RecordingListener listener) {
        VolumeIdentity identity = DefaultVolume.find(database, settings, clock.instant());
        var recording = new Recording(database, settings, identity, clock, listener);
        recording.start();
        return recording;
    }

    /// Makes an empty directory a volume, so that it may be named as the place of recordings.
    ///
    /// @return the volume's id
    /// @throws IOException when it holds anything, is a volume already, or cannot be written
    public static String createVolume(Path directory, Clock clock) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory: mount the disk first");
        }
        return VolumeIdentity.create(directory, clock.instant()).id();
    }

    private void start() {
        database.read(jdbc -> new Ledger(jdbc).policies().listCurrent())
                .forEach(row -> policies.put(row.camera(), row));
        ledger.start();
        volume.start();
        retention.start();
    }

    public Recordings recordings() {
        return reader;
    }

    /// Alarms that are running, oldest first.
    public List<Alarm> alarms() {
        return alarms.list();
    }

    // -- control -------------------------------------------------------------------------------

    @Override
    public synchronized void setPolicy(String camera, RecordingPolicy policy) {
        checkCamera(camera);
        PolicyRow before = policies.get(camera);
        if (before != null && before.policy().equals(policy)) {
            return;
        }
        long fromMs = clock.millis();
        if (before != null) {
            fromMs = Math.max(fromMs, before.fromMs() + 1); // the clock may have been set back
        }
        var row = new PolicyRow(camera, fromMs, policy);
        database.<@Nullable Void>write(jdbc -> {
            new Ledger(jdbc).policies().put(row);
            return null;
        });
        policies.put(camera, row);
        Recorder recorder = recorders.get(camera);
        if (recorder != null) {
            recorder.want(row);
        }
    }

    @Override
    public Optional<RecordingPolicy> policy(String camera) {
        return Optional.ofNullable(policies.get(camera)).map(PolicyRow::policy);
    }

    @Override
    public synchronized void attach(String camera, String stream, StreamHub hub, StreamNeed need) {
        checkCamera(camera);
        detach(camera);
        var policy =
                policies.getOrDefault(
                        camera, new PolicyRow(camera, clock.millis(), RecordingPolicy.OFF));
        long accounted =
                database.read(jdbc -> new Ledger(jdbc).accountedUntil(camera))
                        .orElse(Long.MIN_VALUE);
        var surroundings =
                new Recorder.Surroundings(
                        settings, ledger, salvage, alarms, ringBudget, clock, this::tell);
        var recorder =
                new Recorder(
                        camera,
                        stream,
                        hub,
                        need,
                        diary(camera),
                        volume,
                        policy,
                        accounted,
                        surroundings);
        recorders.put(camera, recorder);
        recorder.start();
    }

    @Override
    public void trigger(String camera, Trigger trigger) {
        Recorder recorder = recorders.get(camera);
        if (recorder != null) {
            recorder.trigger(trigger);
            diary(camera).triggered(trigger);
        }
    }

    @Override
    public void endAsked(String camera) {
        Recorder recorder = recorders.get(camera);
        if (recorder != null) {
            recorder.endAsked();
        }
    }

    @Override
    public void analysed(String camera, Instant upTo, AnalysisCount count) {
        Recorder recorder = recorders.get(camera);
        if (recorder != null) {
            recorder.analysed(upTo.toEpochMilli());
            diary(camera).analysed(clock.millis(), count);
        }
    }

    private Diary diary(String camera) {
        return diaries.computeIfAbsent(camera, id -> new Diary(id, ledger));
    }

    private static void checkCamera(String camera) {
        if (!SegmentName.CAMERA.matcher(camera).matches()) {
            throw new IllegalArgumentException("not the id of a camera: " + camera);
        }
    }

    @Override
    public synchronized void detach(String camera) {
        Recorder recorder = recorders.get(camera);
        if (recorder == null) {
            return;
        }
        recorder.close();
        recorders.remove(camera);
        diaries.remove(camera);
        drainLedger();
    }

    private void drainLedger() {
        try {
            if (!ledger.drain(DRAIN)) {
                log.warn("the ledger is behind: the database does not take its entries");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public RecordingState state(String camera) {
        Recorder recorder = recorders.get(camera);
        return recorder == null
                ? new RecordingState(
                        RecordingState.Phase.OFF, null, "no stream is attached", clock.instant())
                : recorder.state();
    }

    @Override
    public long shedUnits() {
        return recorders.values().stream().mapToLong(Recorder::shedUnits).sum();
    }

    @Override
    public synchronized void forget(String camera) {
        detach(camera);
        var eraser = new Eraser(database, volume);
        while (true) {
            List<Segment> some =
                    database.read(jdbc ->
                            new Ledger(jdbc)
                                    .listOldest(volume.id(), camera, Long.MAX_VALUE, FORGET_BATCH));
            if (some.isEmpty()) {
                break;
            }
            try {
                eraser.erase(some, false, clock.millis());
            } catch (IOException e) {
                volume.fail("delete segments", e);
                throw new RecordingException(
                        RecordingException.Category.UNREADABLE,
                        "cannot delete the recordings of camera %s".formatted(camera),
                        e);
            }
        }
        database.<@Nullable Void>write(jdbc -> {
            new Ledger(jdbc).forget(camera);
            return null;
        });
        policies.remove(camera);
    }

    Optional<Recorder> recorder(String camera) {
        return Optional.ofNullable(recorders.get(camera));
    }

    Volume volume() {
        return volume;
    }

    LedgerQueue ledger() {
        return ledger;
    }

    // -- volumes -------------------------------------------------------------------------------

    @Override
    public List<VolumeStatus> list() {
        Volume.Health health = volume.health();
        Volume.Space space = volume.space();
        Watermarks marks = volume.watermarks();
        long kept =
                database.read(jdbc -> new Ledger(jdbc).totals(volume.id())).stream()
                        .mapToLong(Ledger.CameraTotal::sizeBytes)
                        .sum();
        long rate = volume.writeBytesPerS();
        Double days =
                rate == 0
                        ? null
                        : Math.min(
                                settings.retention().toHours() / 24.0,
                                (kept + Math.max(0, space.freeBytes() - marks.lowBytes()))
                                        / (rate * 86_400.0));
        return List.of(
                new VolumeStatus(
                        volume.id(),
                        volume.root(),
                        health.state(),
                        health.detail(),
                        space.totalBytes(),
                        space.freeBytes(),
                        kept,
                        rate,
                        marks.lowBytes(),
                        marks.highBytes(),
                        days,
                        database.read(jdbc -> new Ledger(jdbc).oldestStart(volume.id()))
                                .orElse(null)));
    }

    private void recover(Volume ill) throws IOException {
        var inUse = new ArrayList<Path>();
        for (Recorder recorder : recorders.values()) {
            OpenSegment writing = recorder.writing();
            if (writing != null) {
                inUse.add(writing.path());
            }
        }
        List<Segment> kept = salvage.run(ill, inUse);
        if (!kept.isEmpty()) {
            log.info("{} segments without a row were kept", kept.size());
        }
    }

    private void volumeChanged(Volume changed) {
        Volume.Health health = changed.health();
        if (health.ok()) {
            alarms.clear(Alarm.Kind.VOLUME, changed.id());
        } else {
            String detail = health.detail() == null ? "" : health.detail();
            alarms.raise(Alarm.Kind.VOLUME, changed.id(), health.state().name(), detail);
        }
    }

    private void tell(RecordingFact fact) {
        try {
            listener.on(fact);
        } catch (RuntimeException e) {
            log.error("a listener failed at {}", fact, e);
        }
    }

    /// Ends every recorder and closes its segment, then the rest. The database stays open.
    @Override
    public synchronized void close() {
        var ending = new ArrayList<Thread>();
        for (Recorder recorder : recorders.values()) {
            ending.add(Thread.ofVirtual().start(recorder::close));
        }
        ending.forEach(Threads::join);
        recorders.clear();
        retention.close();
        ledger.close();
        volume.close();
    }
}
