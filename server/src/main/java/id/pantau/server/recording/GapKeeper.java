package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accounts for every moment of one camera that was wanted: it is recorded, in a gap with a cause,
/// or idle: looked at, and nothing was to be kept. A running gap is written down as it grows, so
/// that a crash does not lose its cause, and so is idle time: what nobody wrote down is a gap. Used
/// by the recorder's thread; [#running], [#idle] and [#settledMs] by any.
final class GapKeeper {
    private static final long WRITE_EVERY_MS = 10_000;

    private record Running(long sinceMs, GapCause cause, @Nullable String detail) {
        Gap until(long endMs) {
            return new Gap(
                    Instant.ofEpochMilli(sinceMs),
                    Instant.ofEpochMilli(Math.max(endMs, sinceMs)),
                    cause,
                    detail);
        }
    }

    private final String camera;
    private final LedgerQueue ledger;
    private final Consumer<Gap> closed;
    private volatile long coveredUntilMs;
    private volatile @Nullable Running running;
    private volatile TimeSet.@Nullable Span idle;
    private volatile TimeSet.@Nullable Span lastIdle; // ended; its row may still be on its way
    private long writtenUntilMs;
    private long idleWrittenUntilMs;

    /// @param accountedUntilMs what lies before is in the ledger, or was not wanted
    GapKeeper(String camera, long accountedUntilMs, LedgerQueue ledger, Consumer<Gap> closed) {
        this.camera = camera;
        this.coveredUntilMs = accountedUntilMs;
        this.ledger = ledger;
        this.closed = closed;
    }

    /// Everything wanted before is recorded or in a gap that has ended.
    long settledMs() {
        return coveredUntilMs;
    }

    Optional<Gap> running(long nowMs) {
        Running now = running;
        return now == null ? Optional.empty() : Optional.of(now.until(nowMs));
    }

    /// The idle time that goes on, and what ended last.
    List<TimeSet.Span> idle() {
        TimeSet.Span now = idle; // before the one that takes its place
        return Stream.of(Optional.ofNullable(now), Optional.ofNullable(lastIdle))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Nothing is recorded any more, for this cause: since the last that was, or, if nothing was
    /// recorded before either, since `nowMs`.
    void lost(GapCause cause, @Nullable String detail, long nowMs) {
        Running before = running;
        endIdle();
        if (before != null && before.cause() == cause) {
            running = new Running(before.sinceMs(), cause, detail);
            return;
        }
        if (before != null) {
            end(before, Math.max(nowMs, before.sinceMs()));
        }
        running = new Running(coveredUntilMs, cause, detail);
        writtenUntilMs = coveredUntilMs;
    }

    /// @param startMs of media that is on disk
    void recorded(long startMs, long endMs) {
        endIdle();
        reach(startMs);
        coveredUntilMs = Math.max(coveredUntilMs, endMs);
    }

    /// @param startMs of media that came and that nothing asks to keep
    void idle(long startMs, long endMs) {
        reach(startMs);
        long end = Math.max(coveredUntilMs, endMs);
        TimeSet.Span before = idle;
        if (before == null || before.endMs() < coveredUntilMs) {
            endIdle();
            idleWrittenUntilMs = coveredUntilMs;
            idle = new TimeSet.Span(coveredUntilMs, end);
        } else {
            idle = new TimeSet.Span(before.startMs(), end);
        }
        coveredUntilMs = end;
    }

    /// Whatever ran up to here ends; what nothing explains is a gap.
    private void reach(long startMs) {
        Running before = running;
        if (before == null && startMs - coveredUntilMs >= CoverageLedger.EXACT_MS) {
            before = new Running(coveredUntilMs, GapCause.NETWORK, "media was lost on the way");
            writtenUntilMs = coveredUntilMs;
        }
        if (before != null) {
            end(before, startMs);
        }
    }

    /// From here on nothing is wanted.
    void notWanted(long nowMs) {
        endIdle();
        Running before = running;
        if (before != null) {
            end(before, nowMs);
        }
    }

    /// What lies before was not wanted.
    void wantedFrom(long fromMs) {
        coveredUntilMs = Math.max(coveredUntilMs, fromMs);
    }

    /// Writes a long gap, and long idle time, down while it lasts.
    void tick(long nowMs, boolean atOnce) {
        TimeSet.Span resting = idle;
        if (resting != null && (atOnce || resting.endMs() - idleWrittenUntilMs >= WRITE_EVERY_MS)) {
            writeIdle(resting);
        }
        Running now = running;
        if (now != null
                && nowMs - now.sinceMs() >= CoverageLedger.EXACT_MS
                && (atOnce || nowMs - writtenUntilMs >= WRITE_EVERY_MS)) {
            writtenUntilMs = nowMs;
            Gap gap = now.until(nowMs);
            ledger.add(entry -> entry.putGap(camera, gap));
        }
    }

    private void endIdle() {
        TimeSet.Span before = idle;
        if (before != null) {
            lastIdle = before;
            idle = null;
            writeIdle(before);
        }
    }

    private void writeIdle(TimeSet.Span span) {
        if (span.endMs() > idleWrittenUntilMs) {
            idleWrittenUntilMs = span.endMs();
            ledger.add(entry -> entry.diary().putIdle(camera, span));
        }
    }

    private void end(Running gap, long endMs) {
        running = null;
        if (endMs - gap.sinceMs() >= CoverageLedger.EXACT_MS) {
            Gap whole = gap.until(endMs);
            ledger.add(entry -> entry.putGap(camera, whole));
            coveredUntilMs = Math.max(coveredUntilMs, endMs);
            closed.accept(whole);
        } else if (writtenUntilMs > gap.sinceMs()) {
            ledger.add(entry -> entry.removeGap(camera, gap.sinceMs()));
        }
    }
}
