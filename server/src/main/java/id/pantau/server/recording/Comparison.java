package id.pantau.server.recording;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Makes out of what happened what each mode keeps of it.
final class Comparison {
    private final DiaryRows rows;
    private final String camera;
    private final Rolls rolls;

    Comparison(DiaryRows rows, String camera, Rolls rolls) {
        this.rows = rows;
        this.camera = camera;
        this.rolls = rolls;
    }

    /// Days on which media came or something happened, ascending.
    ///
    /// @param until inclusive
    List<DayComparison> of(LocalDate from, LocalDate until, ZoneId zone) {
        long fromMs = DaySums.startMs(from, zone);
        long untilMs = DaySums.startMs(until.plusDays(1), zone);
        TimeSet moved = kept(fromMs, untilMs, Reason.MOTION, Reason.OBJECT);
        TimeSet recognised = kept(fromMs, untilMs, Reason.OBJECT);
        List<DiaryRows.LookedRow> looked = rows.listLooked(camera, fromMs, untilMs);
        var days = new ArrayList<DayComparison>();
        for (LocalDate day = from; !day.isAfter(until); day = day.plusDays(1)) {
            long startMs = DaySums.startMs(day, zone);
            long endMs = DaySums.startMs(day.plusDays(1), zone);
            var total = new DiaryRows.LookedRow(startMs, 0, 0, AnalysisCount.NONE);
            for (DiaryRows.LookedRow row : looked) {
                if (row.startMs() >= startMs && row.startMs() < endMs) {
                    total = total.plus(row);
                }
            }
            DayComparison compared =
                    compare(day, total, in(moved, startMs, endMs), in(recognised, startMs, endMs));
            if (total.mediaMs() > 0 || total.count().looked() > 0) {
                days.add(compared);
            }
        }
        return days;
    }

    /// Spans that reach into the range, with their rolls.
    private TimeSet kept(long fromMs, long untilMs, Reason... kinds) {
        long reachMs = rolls.pre().plus(rolls.post()).plus(rolls.merge()).toMillis();
        var spans = new ArrayList<TimeSet.Span>();
        for (Reason kind : kinds) {
            for (TimeSet.Span span :
                    rows.listInterest(camera, kind, fromMs - reachMs, untilMs + reachMs)) {
                spans.add(
                        new TimeSet.Span(
                                span.startMs() - rolls.pre().toMillis(),
                                Math.max(span.endMs(), span.startMs() + 1)
                                        + rolls.post().toMillis()));
            }
        }
        return TimeSet.ofAll(spans).bridging(rolls.merge().toMillis());
    }

    private record Share(long ms, int spans) {}

    private static Share in(TimeSet kept, long startMs, long endMs) {
        int begin =
                (int)
                        kept.spans().stream()
                                .filter(span -> span.startMs() >= startMs && span.startMs() < endMs)
                                .count();
        return new Share(kept.clip(startMs, endMs).totalMs(), begin);
    }

    private static DayComparison compare(
            LocalDate day, DiaryRows.LookedRow total, Share moved, Share recognised) {
        return new DayComparison(
                day,
                Duration.ofMillis(total.mediaMs()),
                List.of(
                        new DayComparison.Kept(
                                RecordingPolicy.Mode.CONTINUOUS,
                                Duration.ofMillis(total.mediaMs()),
                                total.mediaBytes(),
                                total.mediaMs() > 0 ? 1 : 0),
                        kept(RecordingPolicy.Mode.MOTION, total, moved),
                        kept(RecordingPolicy.Mode.OBJECT, total, recognised)),
                total.count());
    }

    /// Nothing is kept of what did not come.
    private static DayComparison.Kept kept(
            RecordingPolicy.Mode mode, DiaryRows.LookedRow total, Share share) {
        long ms = Math.min(share.ms(), total.mediaMs());
        long bytes =
                total.mediaMs() == 0
                        ? 0
                        : Math.round((double) total.mediaBytes() * ms / total.mediaMs());
        return new DayComparison.Kept(mode, Duration.ofMillis(ms), bytes, share.spans());
    }
}
