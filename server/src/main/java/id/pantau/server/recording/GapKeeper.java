package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Accounts for every moment of one camera that was wanted: it is recorded, or in a gap with a
/// cause. A running gap is written down as it grows, so that a crash does not lose its cause. Used
/// by the recorder's thread; [#running] and [#settledMs] by any.
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
    private long writtenUntilMs;

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

    /// Nothing is recorded any more, for this cause: since the last that was, or, if nothing was
    /// recorded before either, since `nowMs`.
    void lost(GapCause cause, @Nullable String detail, long nowMs) {
        Running before = running;
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
        Running before = running;
        if (before == null && startMs - coveredUntilMs >= CoverageLedger.EXACT_MS) {
            before = new Running(coveredUntilMs, GapCause.NETWORK, "media was lost on the way");
            writtenUntilMs = coveredUntilMs;
        }
        if (before != null) {
            end(before, startMs);
        }
        coveredUntilMs = Math.max(coveredUntilMs, endMs);
    }

    /// From here on nothing is wanted.
    void notWanted(long nowMs) {
        Running before = running;
        if (before != null) {
            end(before, nowMs);
        }
    }

    /// What lies before was not wanted.
    void wantedFrom(long fromMs) {
        coveredUntilMs = Math.max(coveredUntilMs, fromMs);
    }

    /// Writes a long gap down while it lasts.
    void tick(long nowMs, boolean atOnce) {
        Running now = running;
        if (now != null
                && nowMs - now.sinceMs() >= CoverageLedger.EXACT_MS
                && (atOnce || nowMs - writtenUntilMs >= WRITE_EVERY_MS)) {
            writtenUntilMs = nowMs;
            Gap gap = now.until(nowMs);
            ledger.add(entry -> entry.putGap(camera, gap));
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
