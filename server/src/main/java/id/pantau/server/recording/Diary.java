package id.pantau.server.recording;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down what happened at one camera and how much media came of it, whatever its mode is: the
/// report compares the modes by it. Thread-safe, and nobody waits for the database.
final class Diary {
    /// Spans with less between them become one, which changes nothing that a mode would keep.
    private static final long JOIN_MS = 2_000;

    /// So many spans of a kind an hour are written down; where there are more, those of a minute
    /// become one.
    private static final int MOST_AN_HOUR = 120;

    private static final long JOIN_CROWDED_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long WRITE_EVERY_MS = 10_000;
    private static final long COUNT_EVERY_MS = 60_000;

    private static final class Running {
        long startMs;
        long endMs;
        long writtenMs = Long.MIN_VALUE;
        long hour;
        int inHour;
    }

    private final String camera;
    private final LedgerQueue ledger;
    private final Object lock = new Object();
    private final Map<Reason, Running> running = new EnumMap<>(Reason.class); // guarded by lock
    private AnalysisCount count = AnalysisCount.NONE; // guarded by lock
    private long mediaMs; // guarded by lock
    private long mediaBytes; // guarded by lock
    private long countedSinceMs = Long.MIN_VALUE; // guarded by lock

    Diary(String camera, LedgerQueue ledger) {
        this.camera = camera;
        this.ledger = ledger;
    }

    /// Only motion and objects are of interest.
    void triggered(Trigger trigger) {
        if (trigger.reason() != Reason.MOTION && trigger.reason() != Reason.OBJECT) {
            return;
        }
        long from = trigger.from().toEpochMilli();
        long until = trigger.until().toEpochMilli();
        synchronized (lock) {
            Running now = running.get(trigger.reason());
            if (now == null || !joins(now, from, until)) {
                now = begin(trigger.reason(), now, from, until);
            } else {
                now.endMs = Math.max(now.endMs, until);
            }
            if (now.endMs - now.writtenMs >= WRITE_EVERY_MS || now.writtenMs == Long.MIN_VALUE) {
                write(trigger.reason(), now);
            }
        }
    }

    private static boolean joins(Running now, long from, long until) {
        long within = now.inHour > MOST_AN_HOUR ? JOIN_CROWDED_MS : JOIN_MS;
        return from <= now.endMs + within && until >= now.startMs - within;
    }

    private Running begin(Reason kind, @Nullable Running before, long from, long until) {
        var next = new Running();
        next.startMs = from;
        next.endMs = until;
        next.hour = Math.floorDiv(from, HOUR_MS);
        if (before != null) {
            write(kind, before);
            next.inHour = before.hour == next.hour ? before.inHour + 1 : 0;
        }
        running.put(kind, next);
        return next;
    }

    private void write(Reason kind, Running span) {
        if (span.endMs > span.writtenMs) {
            span.writtenMs = span.endMs;
            var times = new TimeSet.Span(span.startMs, span.endMs);
            ledger.add(rows -> rows.diary().putInterest(camera, kind, times));
        }
    }

    void analysed(long nowMs, AnalysisCount more) {
        synchronized (lock) {
            count = count.plus(more);
            running.forEach((kind, span) -> {
                if (nowMs - span.endMs > WRITE_EVERY_MS) {
                    write(kind, span);
                }
            });
            countUpTo(nowMs);
        }
    }

    /// @param ms how long the media is
    void came(long nowMs, long ms, long bytes) {
        synchronized (lock) {
            mediaMs += ms;
            mediaBytes += bytes;
            countUpTo(nowMs);
        }
    }

    private void countUpTo(long nowMs) {
        if (countedSinceMs == Long.MIN_VALUE || nowMs < countedSinceMs) {
            countedSinceMs = nowMs;
        } else if (nowMs - countedSinceMs >= COUNT_EVERY_MS
                || Math.floorDiv(nowMs, Ledger.QUARTER_MS)
                        != Math.floorDiv(countedSinceMs, Ledger.QUARTER_MS)) {
            writeCount(nowMs);
        }
    }

    private void writeCount(long nowMs) {
        long quarterMs = Math.floorDiv(countedSinceMs, Ledger.QUARTER_MS) * Ledger.QUARTER_MS;
        var looked = new DiaryRows.LookedRow(quarterMs, mediaMs, mediaBytes, count);
        if (mediaMs > 0 || mediaBytes > 0 || !count.equals(AnalysisCount.NONE)) {
            ledger.add(rows -> rows.diary().addLooked(camera, looked));
        }
        mediaMs = 0;
        mediaBytes = 0;
        count = AnalysisCount.NONE;
        countedSinceMs = nowMs;
    }

    /// Writes down what is not yet.
    void close(long nowMs) {
        synchronized (lock) {
            running.forEach(this::write);
            writeCount(nowMs);
        }
    }
}
