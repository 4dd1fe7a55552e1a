package id.pantau.server.recording;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// Milliseconds by day of a zone. The calendar is asked once for each change of day, not for each
/// value: six months of a camera are 17,000 of them, in order.
final class DaySums {
    private final ZoneId zone;
    private final Map<LocalDate, long[]> byDay = new HashMap<>();
    private long[] sum = new long[1];
    private long dayStartMs;
    private long dayEndMs; // no day yet: nothing lies in it

    DaySums(ZoneId zone) {
        this.zone = zone;
    }

    static long startMs(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /// @param atMs UTC epoch ms, whose day it counts for
    void add(long atMs, long ms) {
        turnTo(atMs);
        sum[0] += ms;
    }

    /// Counts a span for each of the days it touches.
    void add(TimeSet.Span span) {
        for (long at = span.startMs(); at < span.endMs(); at = dayEndMs) {
            turnTo(at);
            sum[0] += Math.min(span.endMs(), dayEndMs) - at;
        }
    }

    long of(LocalDate day) {
        long[] found = byDay.get(day);
        return found == null ? 0 : found[0];
    }

    private void turnTo(long atMs) {
        if (atMs >= dayStartMs && atMs < dayEndMs) {
            return;
        }
        LocalDate day = Instant.ofEpochMilli(atMs).atZone(zone).toLocalDate();
        dayStartMs = startMs(day, zone);
        dayEndMs = startMs(day.plusDays(1), zone);
        sum = byDay.computeIfAbsent(day, _ -> new long[1]);
    }
}
