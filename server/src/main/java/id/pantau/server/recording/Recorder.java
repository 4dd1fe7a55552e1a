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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records one stream of one camera: reads the hub, has [Selection] decide, writes what is kept,
/// and says how it stands. All of it is one thread's, whose state would be torn apart by more
/// files. Takes units from the hub and never keeps the hub waiting: while the volume is ill it goes
/// on taking and throws away. Runs on a platform thread, because writes to a dying disk hold their
/// thread and a held virtual thread would hold a carrier that live needs.
final class Recorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final String UNANALYSED =
            "nothing looks at this camera: it is recorded all the time until something does";
    private static final Duration ROTATE_AFTER_GAP = Duration.ofSeconds(2);
    private static final long DIARY_EVERY_MS = 10_000;

    /// The picture that is there now may have begun so long ago.
    private static final long LONGEST_GOP_MS = 60_000;

    /// A recorder that waits for its schedule looks at the clock so often: it may be set.
    private static final long LOOK_AT_CLOCK_MS = 5_000;

    /// What every recorder shares.
    record Surroundings(
            RecordingSettings settings,
            LedgerQueue ledger,
            Salvage salvage,
            Alarms alarms,
            RingBudget ringBudget,
            Clock clock,
            Consumer<RecordingFact> facts) {}

    private final String camera;
    private final String stream;
    private final StreamHub hub;
    private final Volume volume;
    private final Surroundings with;
    private final StreamNeed need;
    private final Diary diary;
    private final GapKeeper gaps;
    private final Selection selection;
    private final Placement placement = new Placement();
    private final Thread thread;
    private final Object changing = new Object(); // wakes a recorder that has nothing to record
    private volatile boolean stopping;
    private volatile PolicyRow wanted;
    private volatile RecordingState state;
    private volatile @Nullable OpenSegment open;
    private volatile long shedBefore;
    private volatile @Nullable HubReader reader;
    private volatile long aheadMs;

    // the recorder's thread only
    private PolicyRow applied;
    private long modeUntilMs = Long.MIN_VALUE; // when the schedule is asked next
    private StreamNeed.@Nullable Hold hold;
    private @Nullable StreamFormat coming; // of the units that come
    private boolean begun; // whether the units that come can be decoded
    private long placedUntilMs = Long.MIN_VALUE;
    private long mediaSinceMs;
    private long mediaBytes;
    private boolean unlooked; // whether the alarm of it is raised
    private boolean told; // whether the log says that memory is short
    private @Nullable StreamFormat format; // of the units that are written
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
            StreamNeed need,
            Diary diary,
            Volume volume,
            PolicyRow policy,
            long accountedUntilMs,
            Surroundings with) {
        this.camera = camera;
        this.stream = stream;
        this.hub = hub;
        this.need = need;
        this.diary = diary;
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
        this.selection = new Selection(with.settings().ring(), with.ringBudget(), new Decided());
        this.state =
                new RecordingState(RecordingState.Phase.OFF, null, null, with.clock().instant());
        this.thread = Thread.ofPlatform().daemon().name("record-" + camera).unstarted(this::run);
    }

    void start() {
        selection.set(applied.policy().modeAt(nowMs()), applied.policy().rolls(), applied.fromMs());
        if (selection.isWanted()) {
            gaps.lost(GapCause.RESTART, "Pantau was not running", nowMs());
            waiting(GapCause.RESTART, "waiting for the stream");
            subscribe(StreamHub.Start.OLDEST_KEY_FRAME);
        }
        thread.start();
    }

    // -- asked by other threads ----------------------------------------------------------------

    void want(PolicyRow policy) {
        synchronized (changing) {
            wanted = policy;
            changing.notifyAll();
        }
    }

    /// Never waits.
    void trigger(Trigger trigger) {
        selection.trigger(trigger);
        wake();
    }

    /// Ends what people and programs asked for.
    void endAsked() {
        selection.endAsked(with.clock().millis());
        wake();
    }

    void analysed(long upToMs) {
        selection.analysed(upToMs);
    }

    private void wake() {
        synchronized (changing) {
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
        return gaps.running(undecidedMs());
    }

    List<TimeSet.Span> idle() {
        return gaps.idle();
    }

    /// Up to when it is decided what is recorded and what is missing.
    long settledMs() {
        return gaps.running(0).isPresent() ? undecidedMs() : gaps.settledMs();
    }

    /// Now, or where what is held back begins.
    private long undecidedMs() {
        return Math.max(gaps.settledMs(), Math.min(nowMs(), selection.undecidedFromMs()));
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
                selection.settle(with.clock().millis(), coming != null, !paused);
                tellAnalysis();
                gaps.tick(undecidedMs(), false);
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
        end();
    }

    private void end() {
        try {
            selection.drain(!paused, false);
        } catch (RuntimeException e) {
            log.error("camera {}: what its recorder held back is lost", camera, e);
        } finally {
            selection.close();
        }
        finishSegment();
        if (selection.isWanted()) {
            gaps.tick(nowMs(), true);
        }
        holdIfNeeded();
        with.alarms().clear(Alarm.Kind.ANALYSIS, camera);
        diary.close(nowMs());
    }

    /// Blocks while nothing is to be recorded. Many cameras are only watched: a look now and then
    /// at 64 of them woke an idle server 320 times a second, and 40 times without.
    private void awaitChange() throws InterruptedException {
        synchronized (changing) {
            while (wanted == applied && !stopping && !selection.isTriggered()) {
                long patienceMs = patienceMs();
                if (patienceMs < 0) {
                    return;
                }
                changing.wait(patienceMs);
            }
        }
    }

    /// @return 0 for ever; negative when the schedule is to be asked
    private long patienceMs() {
        if (applied.policy().week() == null) {
            return 0;
        }
        long left = modeUntilMs - with.clock().millis();
        return left <= 0 || left > RecordingPolicy.QUARTER_MS
                ? -1
                : Math.min(left, LOOK_AT_CLOCK_MS);
    }

    private void applyPolicy() {
        PolicyRow next = wanted;
        boolean asked = selection.isTriggered();
        long now = with.clock().millis();
        boolean turn = next.policy().week() != null && isTurn(now);
        if (next == applied && !asked && !turn && selection.isWanted() == (reader != null)) {
            return;
        }
        long fromMs = next == applied ? now : next.fromMs();
        applied = next;
        modeUntilMs = RecordingPolicy.quarterAfter(now);
        RecordingPolicy.Mode before = selection.mode();
        selection.set(next.policy().modeAt(now), next.policy().rolls(), fromMs);
        selection.collect();
        if (selection.mode() == RecordingPolicy.Mode.OFF && before != RecordingPolicy.Mode.OFF) {
            switchOff();
        }
        if (!selection.isWanted() && reader != null) {
            stopReading();
        } else if (selection.isWanted() && reader == null) {
            beginReading(fromMs);
        }
        holdIfNeeded();
    }

    private boolean isTurn(long nowMs) {
        return nowMs >= modeUntilMs || modeUntilMs - nowMs > RecordingPolicy.QUARTER_MS;
    }

    /// What was asked for goes on; everything else is over at once.
    private void switchOff() {
        if (!selection.isAsked()) {
            selection.drain(!paused, true);
            finishSegment();
        }
    }

    private void stopReading() {
        selection.drain(!paused, true);
        finishSegment();
        gaps.notWanted(nowMs());
        unsubscribe();
        become(RecordingState.Phase.OFF, null, null);
    }

    /// Nothing from before it was switched on; but who asks for a recording now has the picture
    /// that is there now.
    private void beginReading(long fromMs) {
        boolean off = selection.mode() == RecordingPolicy.Mode.OFF;
        gaps.wantedFrom(off ? with.clock().millis() - LONGEST_GOP_MS : fromMs);
        gaps.lost(GapCause.POLICY, "recording was just switched on", nowMs());
        waiting(GapCause.POLICY, "waiting for the next key frame");
        subscribe(off ? StreamHub.Start.NEWEST_KEY_FRAME : StreamHub.Start.NEXT_KEY_FRAME);
    }

    /// A camera that is never recorded is pulled only for as long as somebody wants it.
    private void holdIfNeeded() {
        boolean off = applied.policy().mode() == RecordingPolicy.Mode.OFF;
        StreamNeed.Hold held = hold;
        if (reader != null && off && held == null) {
            hold = need.hold();
        } else if (held != null && (reader == null || !off)) {
            hold = null;
            held.close();
        }
    }

    private void watchVolume() {
        if (reader == null) {
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
        selection.interrupted();
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

    /// Takes what the hub, or the ring of a selective mode, still remembers of the time in between.
    private void resume() {
        paused = false;
        with.alarms().clear(Alarm.Kind.RECORDING, camera);
        if (coming == null) {
            gaps.lost(lastEnd.reason().gapCause(), lastEnd.detail(), nowMs());
            waiting(lastEnd.reason().gapCause(), lastEnd.detail());
        } else {
            waiting(GapCause.DISK, "the volume is well again; waiting for a key frame");
        }
        if (!selection.mode().isSelective()) {
            resubscribe();
        }
    }

    private void resubscribe() {
        unsubscribe();
        subscribe(StreamHub.Start.OLDEST_KEY_FRAME);
    }

    private void take(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat next) -> {
                coming = next;
                begun = false;
                selection.tell(signal);
            }
            case StreamSignal.Unit(AccessUnit unit) -> take(unit);
            case StreamSignal.Gap _ -> selection.tell(signal);
            case StreamSignal.Ended(StreamEnd end) -> {
                placement.endSession();
                coming = null;
                begun = false;
                lastEnd = end;
                selection.tell(signal);
                if (!paused) {
                    waiting(end.reason().gapCause(), end.detail());
                }
            }
        }
    }

    private void take(AccessUnit unit) {
        StreamFormat current = coming;
        if (current == null) {
            return;
        }
        boolean reference = unit.isVideo() == (current.video() != null);
        long earliestMs = Math.max(gaps.settledMs(), placedUntilMs);
        long placedMs = placement.place(unit, reference, earliestMs);
        watchClock();
        count(unit, placedMs, reference);
        if (paused && !selection.mode().isSelective()) {
            return;
        }
        boolean key = reference && unit.keyFrame();
        if (!begun && !(key && placedMs >= earliestMs)) {
            return; // not decodable yet, or of the hub's past and recorded already
        }
        begun = true;
        var placed =
                new AccessUnit(
                        unit.kind(),
                        unit.dts(),
                        unit.pts(),
                        unit.keyFrame(),
                        Instant.ofEpochMilli(placedMs),
                        unit.payload());
        long wallMs = unit.wallTime().toEpochMilli();
        selection.take(placed, wallMs, reference, placement.stepped(), !paused);
        if (selection.mode().isSelective()) {
            placedUntilMs = Math.max(placedUntilMs, placedMs);
            if (!selection.isKeeping() && !paused && selection.undecidedFromMs() <= placedMs) {
                armed();
            }
        }
    }

    private void armed() {
        String waits =
                selection.mode() == RecordingPolicy.Mode.MOTION
                        ? "waiting for motion"
                        : "waiting for something to be recognised";
        become(
                RecordingState.Phase.ARMED,
                null,
                selection.isBrief()
                        ? waits + "; memory is too short for the whole pre-roll"
                        : waits);
    }

    private void count(AccessUnit unit, long placedMs, boolean reference) {
        mediaBytes += unit.sizeBytes();
        if (reference && Math.abs(placedMs - mediaSinceMs) >= DIARY_EVERY_MS) {
            if (placedMs - mediaSinceMs < 2 * DIARY_EVERY_MS) { // else there was none in between
                diary.came(placedMs, placedMs - mediaSinceMs, mediaBytes);
            }
            mediaSinceMs = placedMs;
            mediaBytes = 0;
        }
    }

    private void tellAnalysis() {
        boolean away = selection.isAway();
        if (away != unlooked) {
            unlooked = away;
            if (away) {
                with.alarms().raise(Alarm.Kind.ANALYSIS, camera, "UNANALYSED", UNANALYSED);
            } else {
                with.alarms().clear(Alarm.Kind.ANALYSIS, camera);
            }
        }
        if (selection.isBrief() != told) {
            told = selection.isBrief();
            if (told) {
                log.warn(
                        "camera {}: memory is too short to hold {} s of pre-roll and {} s for late triggers",
                        camera,
                        applied.policy().rolls().pre().toSeconds(),
                        with.settings().ring().lag().toSeconds());
            }
        }
    }

    // -- what is decided -----------------------------------------------------------------------

    private final class Decided implements Selection.Output {
        @Override
        public void keep(AccessUnit placed, boolean reference, boolean stepped) {
            Recorder.this.keep(placed, reference, stepped);
        }

        @Override
        public void rest(AccessUnit key) {
            if (fragmenter != null) {
                write(fragmenter.add(key));
            }
            fragmenter = null;
            finishSegment();
        }

        @Override
        public void skip(long startMs, long endMs, boolean stepped) {
            if (stepped) {
                clockStepped();
            }
            gaps.idle(startMs, endMs);
        }

        @Override
        public void told(StreamSignal signal) {
            switch (signal) {
                case StreamSignal.FormatChanged(StreamFormat next) -> {
                    finishSegment();
                    format = next;
                }
                case StreamSignal.Gap(Duration length, GapCause cause) -> lose(length, cause);
                case StreamSignal.Ended(StreamEnd end) -> {
                    finishSegment();
                    format = null;
                    if (!paused) {
                        gaps.lost(end.reason().gapCause(), end.detail(), nowMs());
                    }
                }
                case StreamSignal.Unit _ -> {} // comes by the other ways
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
        GapCause why = cause == GapCause.SHED && !volume.health().ok() ? GapCause.DISK : cause;
        String detail =
                cause == GapCause.SHED
                        ? "the recorder could not keep up: %d units lost so far"
                                .formatted(shedUnits())
                        : "media was lost on the way";
        gaps.lost(why, detail, gaps.settledMs());
        if (length.isZero() && cause != GapCause.SHED) {
            waiting(why, detail); // it lasts
        }
    }

    private void keep(AccessUnit placed, boolean reference, boolean stepped) {
        StreamFormat current = format;
        if (current == null || paused) {
            return;
        }
        long placedMs = placed.wallTime().toEpochMilli();
        boolean key = reference && placed.keyFrame();
        if (fragmenter == null && !(key && placedMs >= gaps.settledMs())) {
            return;
        }
        if (key && fragmenter != null && mustRotate(placedMs, stepped)) {
            rotate(placed, stepped);
        }
        if (paused) {
            return;
        }
        if (fragmenter == null) {
            fragmenter = new Fragmenter(current, with.settings().fragment());
        }
        write(fragmenter.add(placed));
    }

    private boolean mustRotate(long placedMs, boolean stepped) {
        OpenSegment segment = open;
        return stepped
                || segment != null
                        && (placedMs - segment.startMs() >= applied.policy().segment().toMillis()
                                || segment.progress().wholeBytes() >= volume.longestSegmentBytes());
    }

    /// The key frame ends the last fragment of the old file, which gives its last picture its true
    /// duration, and begins the new one.
    private void rotate(AccessUnit key, boolean stepped) {
        if (fragmenter != null) {
            write(fragmenter.add(key));
        }
        fragmenter = null;
        finishSegment();
        if (stepped && !paused) {
            clockStepped();
        }
    }

    private void clockStepped() {
        gaps.lost(GapCause.CLOCK, "the server's clock was set forward", gaps.settledMs());
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
                var note = new SegmentNote(camera, stream, selection.reason(), startAt);
                healthAtOpen = volume.health();
                open = OpenSegment.create(volume, note, current, fragment);
            } else {
                segment.append(fragment, selection.reason());
            }
            gaps.recorded(startMs, endMs);
            become(
                    RecordingState.Phase.RECORDING,
                    null,
                    unlooked ? UNANALYSED : null,
                    selection.reason());
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
        begun = false;
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
        become(phase, cause, detail, null);
    }

    private void become(
            RecordingState.Phase phase,
            @Nullable GapCause cause,
            @Nullable String detail,
            @Nullable String reason) {
        RecordingState before = state;
        if (before.phase() == phase
                && before.cause() == cause
                && java.util.Objects.equals(before.reason(), reason)
                && java.util.Objects.equals(before.detail(), detail)) {
            return;
        }
        state = new RecordingState(phase, cause, detail, reason, with.clock().instant());
        with.facts().accept(new RecordingFact.StateChanged(camera, state));
    }
}
