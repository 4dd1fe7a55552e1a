package id.pantau.server.recording;

import id.pantau.media.AccessUnit;
import id.pantau.media.GapCause;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.mp4.Fragment;
import id.pantau.media.mp4.Fragmenter;
import id.pantau.media.mp4.SegmentNote;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records one stream of one camera. Takes units from the hub and never keeps the hub waiting:
/// while the volume is ill it goes on taking and throws away. Runs on a platform thread, because
/// writes to a dying disk hold their thread and a held virtual thread would hold a carrier that
/// live needs.
final class Recorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final Duration ROTATE_AFTER_GAP = Duration.ofSeconds(2);
    static final String CONTINUOUS = "continuous";

    /// What every recorder shares.
    record Surroundings(
            RecordingSettings settings,
            LedgerQueue ledger,
            Salvage salvage,
            Alarms alarms,
            Clock clock,
            Consumer<RecordingFact> facts) {}

    private final String camera;
    private final String stream;
    private final StreamHub hub;
    private final Volume volume;
    private final Surroundings with;
    private final GapKeeper gaps;
    private final Placement placement = new Placement();
    private final Thread thread;
    private final Object changing = new Object(); // wakes a recorder that has nothing to record
    private volatile boolean stopping;
    private volatile Ledger.PolicyRow wanted;
    private volatile RecordingState state;
    private volatile @Nullable OpenSegment open;
    private volatile long shedBefore;
    private volatile @Nullable HubReader reader;
    private volatile long aheadMs;

    // the recorder's thread only
    private Ledger.PolicyRow applied;
    private @Nullable StreamFormat format;
    private @Nullable Fragmenter fragmenter;
    private StreamEnd lastEnd =
            new StreamEnd(StreamEnd.Reason.STOPPED, "the stream has not begun yet");
    private Volume.@Nullable Health healthAtOpen;
    private boolean paused;

    /// @param accountedUntilMs up to when the ledger knows this camera; [Long#MIN_VALUE] for never
    Recorder(
            String camera,
            String stream,
            StreamHub hub,
            Volume volume,
            Ledger.PolicyRow policy,
            long accountedUntilMs,
            Surroundings with) {
        this.camera = camera;
        this.stream = stream;
        this.hub = hub;
        this.volume = volume;
        this.with = with;
        this.wanted = policy;
        this.applied = policy;
        this.gaps =
                new GapKeeper(
                        camera,
                        Math.max(accountedUntilMs, policy.fromMs()),
                        with.ledger(),
                        gap -> with.facts().accept(new RecordingFact.GapClosed(camera, gap)));
        this.state =
                new RecordingState(RecordingState.Phase.OFF, null, null, with.clock().instant());
        this.thread = Thread.ofPlatform().daemon().name("record-" + camera).unstarted(this::run);
    }

    void start() {
        if (wants(applied)) {
            gaps.lost(GapCause.RESTART, "Pantau was not running", nowMs());
            waiting(GapCause.RESTART, "waiting for the stream");
            subscribe(StreamHub.Start.OLDEST_KEY_FRAME);
        }
        thread.start();
    }

    // -- asked by other threads ----------------------------------------------------------------

    void want(Ledger.PolicyRow policy) {
        synchronized (changing) {
            wanted = policy;
            changing.notifyAll();
        }
    }

    RecordingState state() {
        RecordingState now = state;
        Volume.Health health = volume.health();
        boolean unaware = now.phase() == RecordingState.Phase.RECORDING && !health.ok();
        return unaware // its thread hangs in the very operation that is the trouble
                ? new RecordingState(
                        RecordingState.Phase.PAUSED, GapCause.DISK, health.detail(), health.since())
                : now;
    }

    Optional<Segment> openSegment() {
        OpenSegment now = open;
        return now == null || now.progress().wholeBytes() == 0
                ? Optional.empty()
                : Optional.of(now.view());
    }

    /// How many units wait to be taken.
    int backlog() {
        HubReader now = reader;
        return now == null ? 0 : now.backlog();
    }

    @Nullable OpenSegment writing() {
        return open;
    }

    Optional<Gap> runningGap() {
        return gaps.running(nowMs());
    }

    /// Up to when it is decided what is recorded and what is missing.
    long settledMs() {
        return gaps.running(0).isPresent() ? nowMs() : gaps.settledMs();
    }

    long shedUnits() {
        HubReader now = reader;
        return shedBefore + (now == null ? 0 : now.dropped());
    }

    /// Closes the segment; whatever the hub sends later is not recorded.
    @Override
    public void close() {
        synchronized (changing) {
            stopping = true;
            changing.notifyAll();
        }
        if (!Threads.join(thread)) {
            log.warn("camera {}: its recorder hangs in the disk and is left behind", camera);
        }
    }

    // -- the recorder's thread -----------------------------------------------------------------

    private void run() {
        try {
            while (!stopping) {
                applyPolicy();
                watchVolume();
                HubReader from = reader;
                if (from == null) {
                    awaitChange();
                } else if (from.poll(with.settings().gather()) instanceof StreamSignal signal) {
                    take(signal);
                }
                gaps.tick(nowMs(), false);
            }
        } catch (InterruptedException _) {
            log.debug("camera {}: interrupted", camera);
        } catch (RuntimeException e) {
            log.error("camera {}: its recorder failed", camera, e);
            with.alarms()
                    .raise(Alarm.Kind.RECORDING, camera, "FAILED", "the recorder failed: " + e);
        } finally {
            unsubscribe();
        }
        finishSegment();
        if (wants(applied)) {
            gaps.tick(nowMs(), true);
        }
    }

    /// Blocks while nothing is to be recorded. Many cameras are only watched: a look now and then
    /// at 64 of them woke an idle server 320 times a second, and 40 times without.
    private void awaitChange() throws InterruptedException {
        synchronized (changing) {
            while (wanted == applied && !stopping) {
                changing.wait();
            }
        }
    }

    private void applyPolicy() {
        Ledger.PolicyRow next = wanted;
        if (next == applied) {
            return;
        }
        boolean before = wants(applied);
        applied = next;
        if (before && !wants(next)) {
            finishSegment();
            gaps.notWanted(nowMs());
            unsubscribe();
            become(RecordingState.Phase.OFF, null, null);
        } else if (!before && wants(next)) {
            gaps.wantedFrom(next.fromMs());
            gaps.lost(GapCause.POLICY, "recording was just switched on", nowMs());
            waiting(GapCause.POLICY, "waiting for the next key frame");
            subscribe(StreamHub.Start.NEXT_KEY_FRAME); // nothing from before it was switched on
        }
    }

    private static boolean wants(Ledger.PolicyRow policy) {
        return policy.policy().mode() != RecordingPolicy.Mode.OFF;
    }

    private void watchVolume() {
        if (!wants(applied)) {
            return;
        }
        Volume.Health health = volume.health();
        if (!health.ok()) {
            pause();
        } else if (paused) {
            resume();
        } else if (open != null && health != healthAtOpen) {
            pause(); // it was ill and is well again between two looks: the file may lack bytes
        }
    }

    private void pause() {
        OpenSegment left = open;
        open = null;
        fragmenter = null;
        if (left != null) {
            left.abandon();
        }
        Volume.Health health = volume.health();
        if (left != null && health.ok()) {
            salvage(left);
        }
        if (paused) {
            return;
        }
        paused = true;
        String detail = health.detail() == null ? "the volume had trouble" : health.detail();
        gaps.lost(GapCause.DISK, detail, nowMs());
        become(RecordingState.Phase.PAUSED, GapCause.DISK, detail);
        with.alarms().raise(Alarm.Kind.RECORDING, camera, GapCause.DISK.name(), detail);
    }

    private void salvage(OpenSegment left) {
        try {
            with.salvage().one(volume.id(), volume.root(), left.name());
        } catch (IOException e) {
            volume.fail("salvage a segment", e);
        } catch (RuntimeException e) {
            log.warn("camera {}: {} waits for the next start", camera, left.name().id(), e);
        }
    }

    /// Takes what the hub still remembers of the time in between.
    private void resume() {
        paused = false;
        with.alarms().clear(Alarm.Kind.RECORDING, camera);
        if (format == null) {
            gaps.lost(lastEnd.reason().gapCause(), lastEnd.detail(), nowMs());
            waiting(lastEnd.reason().gapCause(), lastEnd.detail());
        } else {
            waiting(GapCause.DISK, "the volume is well again; waiting for a key frame");
        }
        unsubscribe();
        subscribe(StreamHub.Start.OLDEST_KEY_FRAME);
    }

    private void take(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat next) -> {
                finishSegment();
                format = next;
            }
            case StreamSignal.Unit(AccessUnit unit) -> take(unit);
            case StreamSignal.Gap(Duration length, GapCause cause) -> lose(length, cause);
            case StreamSignal.Ended(StreamEnd end) -> {
                finishSegment();
                placement.endSession();
                format = null;
                lastEnd = end;
                if (!paused) {
                    gaps.lost(end.reason().gapCause(), end.detail(), nowMs());
                    waiting(end.reason().gapCause(), end.detail());
                }
            }
        }
    }

    private void lose(Duration length, GapCause cause) {
        if (paused) {
            return;
        }
        if (length.compareTo(ROTATE_AFTER_GAP) > 0) {
            finishSegment();
        } else {
            flushFragment();
        }
        GapCause told = cause == GapCause.SHED && !volume.health().ok() ? GapCause.DISK : cause;
        String detail =
                cause == GapCause.SHED
                        ? "the recorder could not keep up: %d units lost so far"
                                .formatted(shedUnits())
                        : "media was lost on the way";
        gaps.lost(told, detail, gaps.settledMs());
        if (length.isZero() && cause != GapCause.SHED) {
            waiting(told, detail); // it lasts
        }
    }

    private void take(AccessUnit unit) {
        StreamFormat current = format;
        if (current == null) {
            return;
        }
        boolean reference = unit.isVideo() == (current.video() != null);
        long placedMs = placement.place(unit, reference, gaps.settledMs());
        watchClock();
        if (paused) {
            return;
        }
        boolean key = reference && unit.keyFrame();
        if (fragmenter == null && !(key && placedMs >= gaps.settledMs())) {
            return; // not decodable yet, or of the hub's past and recorded already
        }
        var placed =
                new AccessUnit(
                        unit.kind(),
                        unit.dts(),
                        unit.pts(),
                        unit.keyFrame(),
                        Instant.ofEpochMilli(placedMs),
                        unit.payload());
        if (key && fragmenter != null && mustRotate(placedMs)) {
            rotate(placed);
        }
        if (paused) {
            return;
        }
        if (fragmenter == null) {
            fragmenter = new Fragmenter(current, with.settings().fragment());
        }
        write(fragmenter.add(placed));
    }

    private boolean mustRotate(long placedMs) {
        OpenSegment segment = open;
        return placement.stepped()
                || segment != null
                        && (placedMs - segment.startMs() >= applied.policy().segment().toMillis()
                                || segment.progress().wholeBytes() >= volume.longestSegmentBytes());
    }

    /// The key frame ends the last fragment of the old file, which gives its last picture its true
    /// duration, and begins the new one.
    private void rotate(AccessUnit key) {
        if (fragmenter != null) {
            write(fragmenter.add(key));
        }
        fragmenter = null;
        finishSegment();
        if (placement.stepped() && !paused) {
            gaps.lost(GapCause.CLOCK, "the server's clock was set forward", gaps.settledMs());
        }
    }

    private void flushFragment() {
        if (fragmenter != null) {
            write(fragmenter.flush());
        }
    }

    private void write(@Nullable Fragment fragment) {
        StreamFormat current = format;
        if (fragment == null || current == null || paused) {
            return;
        }
        long startMs = SegmentReading.roundedMs(fragment.wallStart());
        long endMs = SegmentReading.roundedMs(fragment.wallStart().plus(fragment.duration()));
        try {
            OpenSegment segment = open;
            if (segment == null) {
                // a guessed or slewed end may reach some milliseconds into this fragment
                Instant startAt = Instant.ofEpochMilli(Math.max(startMs, gaps.settledMs()));
                var note = new SegmentNote(camera, stream, CONTINUOUS, startAt);
                healthAtOpen = volume.health();
                open = OpenSegment.create(volume, note, current, fragment);
            } else {
                segment.append(fragment);
            }
            gaps.recorded(startMs, endMs);
            become(RecordingState.Phase.RECORDING, null, null);
        } catch (VolumeTrouble _) {
            pause(); // the volume has said what it is
        }
    }

    private void finishSegment() {
        flushFragment();
        fragmenter = null;
        OpenSegment segment = open;
        if (segment == null) {
            return;
        }
        try {
            SegmentReading reading = segment.finish();
            with.ledger().insert(reading.segment());
            open = null;
            with.facts().accept(new RecordingFact.SegmentClosed(reading.segment()));
        } catch (VolumeTrouble _) {
            pause();
        }
    }

    private void watchClock() {
        long ahead = placement.aheadMs();
        if (ahead > 0 && aheadMs == 0) {
            with.alarms()
                    .raise(
                            Alarm.Kind.CLOCK,
                            camera,
                            GapCause.CLOCK.name(),
                            "the server's clock was set back: recordings go on %d s ahead of it"
                                    .formatted(ahead / 1000));
        } else if (ahead == 0 && aheadMs > 0) {
            with.alarms().clear(Alarm.Kind.CLOCK, camera);
        }
        aheadMs = ahead;
    }

    private long nowMs() {
        return Math.max(with.clock().millis() + aheadMs, gaps.settledMs());
    }

    private void subscribe(StreamHub.Start start) {
        reader = hub.subscribe("record-" + camera, HubReader.Limits.RECORDER.gathering(), start);
    }

    private void unsubscribe() {
        HubReader old = reader;
        reader = null;
        if (old != null) {
            shedBefore += old.dropped();
            old.close();
        }
    }

    private void waiting(GapCause cause, String detail) {
        become(RecordingState.Phase.WAITING, cause, detail);
    }

    private void become(
            RecordingState.Phase phase, @Nullable GapCause cause, @Nullable String detail) {
        RecordingState before = state;
        if (before.phase() == phase
                && before.cause() == cause
                && java.util.Objects.equals(before.detail(), detail)) {
            return;
        }
        state = new RecordingState(phase, cause, detail, with.clock().instant());
        with.facts().accept(new RecordingFact.StateChanged(camera, state));
    }
}
