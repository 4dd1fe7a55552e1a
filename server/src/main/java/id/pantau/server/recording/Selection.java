package id.pantau.server.recording;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamSignal;
import id.pantau.server.recording.RecordingPolicy.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Decides what of a camera's stream is kept, and holds back what is not decided yet. All of it, or
/// whole GOPs around triggers; a kept stretch ends where a key frame begins, so that the next one
/// can begin there without a hole. What is decided goes to the output at once and in order.
///
/// Whoever looks at the camera says so once a second ([#analysed]). When that stops, or falls
/// behind, everything is kept from the last moment that was looked at on: nobody knows what happens
/// there.
///
/// Used by the recorder's thread; [#trigger], [#endAsked] and [#analysed] by any.
final class Selection {
    private static final long AWAY_MS = 10_000;

    /// It is back when it is no further behind than this.
    private static final long BACK_MS = 5_000;

    private static final long CLOCK_STEP_MS = 2_000;

    private static final Set<Reason> ASKED = EnumSet.of(Reason.MANUAL, Reason.API);

    /// What holds in every mode.
    private static final Set<Reason> ALWAYS = EnumSet.of(Reason.MANUAL, Reason.API, Reason.ALARM);

    /// Where decisions go.
    interface Output {
        /// @param stepped whether the timeline jumped to this unit
        void keep(AccessUnit placed, boolean reference, boolean stepped);

        /// What is kept ends where this key frame begins.
        void rest(AccessUnit key);

        /// @param startMs of media that is not kept, UTC epoch ms on the timeline
        void skip(long startMs, long endMs, boolean stepped);

        /// In its place among the units.
        void told(StreamSignal signal);
    }

    private final RingLimits limits;
    private final RingBudget budget;
    private final Ring ring;
    private final Output out;
    private final Triggers triggers = new Triggers();
    private volatile long analysedMs = Long.MIN_VALUE;

    // the recorder's thread only
    private final WantedSpans spans = new WantedSpans();
    private Mode mode = Mode.OFF;
    private Rolls rolls = Rolls.DEFAULT;
    private String reason = Reason.CONTINUOUS.word();
    private long allFromMs = Long.MAX_VALUE; // from here on everything is kept
    private long unseenFromMs = Long.MIN_VALUE; // nobody can have looked at what lies before
    private long aheadMs; // of the newest unit, the wall clock before the timeline
    private long newestMs = Long.MIN_VALUE; // wall clock of the newest unit
    private boolean began; // whether a unit of the running session came
    private boolean keeping; // whether the running GOP goes to the output
    private boolean broken; // while a GOP was given to the output
    private boolean away;
    private boolean brief;

    /// @param budget shared by all cameras
    Selection(RingLimits limits, RingBudget budget, Output out) {
        this.limits = limits;
        this.budget = budget;
        this.ring = new Ring(budget);
        this.out = out;
    }

    // -- any thread ----------------------------------------------------------------------------

    void trigger(Trigger trigger) {
        triggers.add(trigger);
    }

    /// Ends what people and programs asked for.
    void endAsked(long nowMs) {
        triggers.end(ASKED, nowMs);
    }

    boolean isTriggered() {
        return triggers.any();
    }

    void analysed(long upToMs) {
        analysedMs = upToMs;
    }

    /// Where the oldest undecided unit lies on the timeline; [Long#MAX_VALUE] without one.
    long undecidedFromMs() {
        return ring.startMs();
    }

    // -- the recorder's thread -----------------------------------------------------------------

    /// @param fromMs since when it is wanted
    void set(Mode next, Rolls nextRolls, long fromMs) {
        brief &= rolls.equals(nextRolls) && next == mode;
        rolls = nextRolls;
        spans.mergeWithin(nextRolls.merge().toMillis());
        if (next == mode) {
            return;
        }
        switch (next) {
            case CONTINUOUS ->
                    allFromMs = mode.isSelective() ? Math.min(allFromMs, fromMs) : Long.MIN_VALUE;
            case MOTION, OBJECT -> {
                if (!mode.isSelective()) {
                    allFromMs = Long.MAX_VALUE;
                    unseenFromMs = newestMs == Long.MIN_VALUE ? fromMs : newestMs;
                }
            }
            case OFF -> {
                allFromMs = Long.MAX_VALUE;
                spans.retain(ALWAYS);
            }
        }
        away &= next.isSelective();
        mode = next;
    }

    Mode mode() {
        return mode;
    }

    /// Whether the stream is needed.
    boolean isWanted() {
        return mode != Mode.OFF || !spans.isEmpty() || keeping;
    }

    /// Whether somebody asked for what is kept, or will be.
    boolean isAsked() {
        return !spans.isEmpty();
    }

    boolean isKeeping() {
        return keeping;
    }

    /// Whether everything is kept because nobody looks.
    boolean isAway() {
        return away;
    }

    /// Whether memory was too short for what was promised.
    boolean isBrief() {
        return brief;
    }

    /// Why the newest unit is kept, words of [Reason].
    String reason() {
        return reason;
    }

    /// Takes what came in by [#trigger].
    void collect() {
        if (!triggers.any()) {
            return;
        }
        Triggers.Taken taken = triggers.take();
        Triggers.End ended = taken.ended();
        if (ended != null) {
            spans.end(ended.reasons(), ended.atMs());
        }
        for (Trigger trigger : taken.triggers()) {
            if (mode.reactsTo(trigger.reason())) {
                boolean asked = ASKED.contains(trigger.reason()); // who asks says how long
                long post = asked ? 0 : rolls.post().toMillis();
                spans.add(
                        trigger.from().minus(rolls.pre()).toEpochMilli(),
                        trigger.until().toEpochMilli() + post,
                        trigger.reason());
            }
        }
        if (keeping && newestMs != Long.MIN_VALUE) {
            Set<Reason> now = spans.reasons(newestMs, newestMs);
            reason = now.isEmpty() ? reason : Reason.join(List.of(reason, Reason.text(now)));
        }
    }

    /// @param wallMs when it came, by the server's clock
    /// @param writable whether anything can be kept now; else it is held back while there is room
    void take(
            AccessUnit placed, long wallMs, boolean reference, boolean stepped, boolean writable) {
        boolean key = reference && placed.keyFrame();
        long ahead = wallMs - placed.wallTime().toEpochMilli();
        boolean clockSet = began && (stepped || Math.abs(ahead - aheadMs) > CLOCK_STEP_MS);
        aheadMs = ahead;
        if (clockSet) {
            analysedMs = Long.MIN_VALUE; // it was told by the clock that is gone
        }
        if (clockSet || !began) {
            unseenFromMs = wallMs;
            began = true;
        }
        if (clockSet && wallMs > newestMs) {
            // the time between did not pass: what was to go on after a trigger still is
            for (Reason running : spans.reasons(newestMs, newestMs)) {
                spans.add(wallMs, wallMs + rolls.post().toMillis(), running);
            }
        }
        newestMs = wallMs;
        if (key && ring.isEmpty()) {
            boolean before = keeping;
            keeping = writable && wants(wallMs, wallMs);
            if (keeping) {
                because(wallMs, wallMs);
            } else if (before) {
                out.rest(placed);
            }
        }
        if (keeping) {
            out.keep(placed, reference, stepped);
        } else {
            ring.add(new Ring.Entry(placed, wallMs, reference, stepped), key);
        }
    }

    /// A format, gap or end of the stream.
    void tell(StreamSignal signal) {
        keeping = false;
        began &= !(signal instanceof StreamSignal.Ended);
        if (ring.isEmpty()) {
            out.told(signal);
        } else {
            ring.tell(signal);
        }
    }

    /// What was kept did not get to the disk: the rest of its GOP is of no use.
    void interrupted() {
        keeping = false;
        broken = true;
    }

    /// Decides what can be decided.
    ///
    /// @param nowMs wall clock
    /// @param streaming whether units come; then their time counts and not the clock's, which runs
    ///   on while the recorder is behind
    /// @param writable whether anything can be kept now: what nobody asks for any more goes anyway
    void settle(long nowMs, boolean streaming, boolean writable) {
        if (ring.isEmpty() && spans.isEmpty() && !mode.isSelective()) {
            allFromMs = mode == Mode.CONTINUOUS ? Long.MIN_VALUE : allFromMs;
            return;
        }
        long at = streaming && newestMs != Long.MIN_VALUE ? newestMs : nowMs;
        look();
        long rest = spans.isEmpty() ? 0 : rolls.merge().toMillis();
        long horizon = at - rolls.pre().plus(limits.lag()).toMillis() - rest;
        while (ring.first() instanceof Ring.Held head && decide(head, horizon, writable)) {}
        spans.dropBefore(mode == Mode.OFF ? at : horizon);
        if (ring.isEmpty() && (away || mode == Mode.CONTINUOUS)) {
            allFromMs = Long.MIN_VALUE; // whatever the clock does
        }
    }

    /// Whether anybody looks.
    private void look() {
        if (!mode.isSelective() || newestMs == Long.MIN_VALUE) {
            return;
        }
        long seen = analysedMs;
        long behind = newestMs - Math.max(seen, unseenFromMs);
        if (!away && behind > AWAY_MS) {
            away = true;
            allFromMs = Math.max(seen, unseenFromMs) - rolls.pre().toMillis();
        } else if (away && seen != Long.MIN_VALUE && newestMs - seen <= BACK_MS) {
            away = false;
            if (allFromMs != Long.MIN_VALUE && seen > allFromMs) {
                spans.add(allFromMs, seen, Reason.CONTINUOUS);
            }
            allFromMs = Long.MAX_VALUE;
        }
    }

    /// @return whether the first of the ring is decided and gone
    private boolean decide(Ring.Held head, long horizon, boolean writable) {
        return switch (head) {
            case Ring.Told(StreamSignal signal) -> {
                ring.removeFirst();
                out.told(signal);
                yield true;
            }
            case Ring.Gop gop -> decide(gop, horizon, writable);
        };
    }

    private boolean decide(Ring.Gop gop, long horizon, boolean writable) {
        boolean whole = ring.newest() != gop;
        long endMs = endOf(gop);
        if (writable && wants(gop.startWallMs(), endMs)) {
            because(gop.startWallMs(), endMs);
            keep(gop, whole);
            return true;
        }
        boolean large = ring.bytes() > limits.cameraBytes();
        boolean tight = large || budget.isTight();
        brief |= tight;
        boolean unseen = mode.isSelective() && analysedMs < gop.endWallMs();
        if (writable && (whole ? unseen && (large || budget.isSpent()) : large)) {
            reason = Reason.CONTINUOUS.word(); // nobody knows what is in it
            keep(gop, whole);
            return true;
        }
        boolean spare = whole && tight && !(unseen && writable);
        if (spare || isOld(gop, horizon) || whole && isPassed()) {
            leave(gop, writable);
            return true;
        }
        return large && !writable && drop();
    }

    /// Up to the next one's key frame, where there is one: the last picture is shown until then.
    private long endOf(Ring.Gop gop) {
        Ring.Gop next = ring.second();
        return next == null ? gop.endWallMs() : Math.max(gop.endWallMs(), next.startWallMs() - 1);
    }

    private boolean drop() {
        ring.removeFirst();
        return true;
    }

    /// A span can begin in the next GOP only, or none follows and it lies far back.
    private boolean isOld(Ring.Gop gop, long horizon) {
        Ring.Gop next = ring.second();
        return (next == null ? gop.endWallMs() : next.startWallMs()) <= horizon;
    }

    /// Whether something behind it is kept now, and what was before can be no more.
    private boolean isPassed() {
        boolean first = true;
        for (Ring.Held held : ring.all()) {
            if (!first
                    && held instanceof Ring.Gop gop
                    && wants(gop.startWallMs(), gop.endWallMs())) {
                return true;
            }
            first = false;
        }
        return false;
    }

    private boolean wants(long fromWallMs, long untilWallMs) {
        return untilWallMs >= allFromMs || spans.touch(fromWallMs, untilWallMs);
    }

    private void because(long fromWallMs, long untilWallMs) {
        boolean all = untilWallMs >= allFromMs;
        if (all && spans.isEmpty()) {
            reason = Reason.CONTINUOUS.word();
            return;
        }
        Set<Reason> reasons = spans.reasons(fromWallMs, untilWallMs);
        if (all) {
            reasons.add(Reason.CONTINUOUS);
        }
        if (!reasons.isEmpty()) { // else it lies between two, and is kept for what the first was
            reason = Reason.text(reasons);
        }
    }

    private void keep(Ring.Gop gop, boolean whole) {
        Ring.Gop next = ring.second();
        ring.removeFirst();
        broken = false;
        for (Ring.Entry entry : gop.entries()) {
            out.keep(entry.placed(), entry.reference(), entry.stepped());
        }
        if (!whole) {
            keeping = !broken;
        } else if (next != null && !wants(next.startWallMs(), next.endWallMs())) {
            out.rest(next.entries().getFirst().placed());
        }
    }

    /// @param accounted false when a running gap accounts for it
    private void leave(Ring.Gop gop, boolean accounted) {
        Ring.Gop next = ring.second();
        ring.removeFirst();
        if (accounted) {
            long end = next == null ? gop.endMs() : next.startMs();
            out.skip(gop.startMs(), end, gop.entries().getFirst().stepped());
        }
    }

    /// Gives back the memory.
    void close() {
        ring.clear();
    }

    /// Nothing comes any more: keeps what is wanted; what was looked at and is not wanted is
    /// skipped, and what nobody looked at is left unaccounted.
    ///
    /// @param all whether to skip what nobody looked at, too
    void drain(boolean writable, boolean all) {
        collect();
        while (ring.first() instanceof Ring.Held head) {
            if (!(head instanceof Ring.Gop gop)) {
                decide(head, Long.MAX_VALUE, writable);
                continue;
            }
            if (writable && wants(gop.startWallMs(), gop.endWallMs())) {
                because(gop.startWallMs(), gop.endWallMs());
                keep(gop, true);
                continue;
            }
            Ring.Gop next = ring.second();
            long seen = analysedMs;
            ring.removeFirst();
            long end = next == null ? gop.endMs() : next.startMs();
            long known =
                    all || seen >= gop.endWallMs()
                            ? end
                            : seen < gop.startWallMs()
                                    ? gop.startMs()
                                    : Math.min(end, gop.startMs() + seen - gop.startWallMs());
            if (writable && known > gop.startMs()) {
                out.skip(gop.startMs(), known, gop.entries().getFirst().stepped());
            }
            if (known < end) {
                ring.clear();
            }
        }
        keeping = false;
        began = false;
    }
}
