package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Makes a camera's coverage of a range out of what is known of it.
///
/// @param footage by start, not overlapping, the running one included
/// @param gaps the running one included
/// @param policies by the moment they came into force
/// @param idle when nothing was to be kept, the running time included
/// @param expiredUntilMs what lies before was removed by retention
/// @param nowMs what lies after is still to come
record CoverageLedger(
        String camera,
        List<Footage> footage,
        List<Gap> gaps,
        List<PolicyRow> policies,
        List<TimeSet.Span> idle,
        long expiredUntilMs,
        long nowMs) {
    /// The ledger is exact to 0.1 s: what is shorter is neither a hole nor a gap.
    static final long EXACT_MS = 100;

    private static final String UNKNOWN =
            "no record of why: Pantau was not running, or had no time";

    Coverage of(Instant from, Instant until) {
        long fromMs = from.toEpochMilli();
        long untilMs = Math.max(fromMs, until.toEpochMilli());
        TimeSet skipped = gapsWhere(gap -> gap.cause() == GapCause.CLOCK);
        TimeSet missing = gapsWhere(_ -> true);
        TimeSet recorded = recorded().minus(missing).bridging(EXACT_MS).clip(fromMs, untilMs);
        TimeSet wanted = wanted(fromMs, untilMs).minus(skipped).union(recorded);
        return new Coverage(
                camera,
                from,
                until,
                Duration.ofMillis(wanted.totalMs()),
                Duration.ofMillis(recorded.totalMs()),
                spans(recorded),
                gaps(wanted.minus(recorded).union(skipped.clip(fromMs, untilMs)), recorded));
    }

    private TimeSet recorded() {
        return TimeSet.ofAll(
                footage.stream().map(s -> new TimeSet.Span(s.startMs(), s.endMs())).toList());
    }

    private TimeSet gapsWhere(Predicate<Gap> which) {
        return TimeSet.ofAll(gaps.stream().filter(which).map(CoverageLedger::span).toList());
    }

    private static TimeSet.Span span(Gap gap) {
        return new TimeSet.Span(gap.start().toEpochMilli(), gap.end().toEpochMilli());
    }

    private TimeSet wanted(long fromMs, long untilMs) {
        long from = Math.max(fromMs, expiredUntilMs);
        return wanted(policies, from, Math.min(untilMs, nowMs)).minus(TimeSet.ofAll(idle));
    }

    /// When the policies wanted anything at all.
    static TimeSet wanted(List<PolicyRow> policies, long fromMs, long untilMs) {
        var wanted = new ArrayList<TimeSet.Span>();
        for (int i = 0; i < policies.size(); i++) {
            PolicyRow row = policies.get(i);
            long end = i + 1 < policies.size() ? policies.get(i + 1).fromMs() : untilMs;
            long from = Math.max(row.fromMs(), fromMs);
            wanted.addAll(row.policy().wanted(from, Math.min(end, untilMs)).spans());
        }
        return TimeSet.ofAll(wanted);
    }

    /// One span per run of the same reason.
    private List<Coverage.Span> spans(TimeSet recorded) {
        var spans = new ArrayList<Coverage.Span>();
        var segment = footage.iterator();
        Footage current = segment.hasNext() ? segment.next() : null;
        for (TimeSet.Span run : recorded.spans()) {
            long at = run.startMs();
            while (current != null && at < run.endMs()) {
                if (current.endMs() <= at) {
                    current = segment.hasNext() ? segment.next() : null;
                    continue;
                }
                long end = Math.min(current.endMs(), run.endMs());
                long bytes =
                        current.sizeBytes()
                                * Math.max(0, end - Math.max(at, current.startMs()))
                                / Math.max(1, current.endMs() - current.startMs());
                add(spans, at, end, current.reason(), bytes);
                at = end;
            }
        }
        return spans;
    }

    private static void add(
            List<Coverage.Span> spans, long startMs, long endMs, String reason, long bytes) {
        Coverage.Span last = spans.isEmpty() ? null : spans.getLast();
        if (last != null
                && last.reason().equals(reason)
                && startMs - last.end().toEpochMilli() < EXACT_MS) {
            spans.removeLast();
            spans.add(
                    new Coverage.Span(
                            last.start(),
                            Instant.ofEpochMilli(endMs),
                            reason,
                            last.sizeBytes() + bytes));
        } else {
            spans.add(
                    new Coverage.Span(
                            Instant.ofEpochMilli(startMs),
                            Instant.ofEpochMilli(endMs),
                            reason,
                            bytes));
        }
    }

    /// Everything uncovered gets the cause that was written down, or the one for what nobody saw.
    private List<Gap> gaps(TimeSet uncovered, TimeSet recorded) {
        var named = new ArrayList<Gap>();
        TimeSet left = uncovered.minus(recorded);
        for (Gap gap : gaps) {
            TimeSet own = TimeSet.ofAll(List.of(span(gap))).intersect(left);
            own.spans().forEach(span -> named.add(gap(span, gap.cause(), gap.detail())));
            left = left.minus(own);
        }
        left.atLeast(EXACT_MS)
                .spans()
                .forEach(span -> named.add(gap(span, GapCause.RESTART, UNKNOWN)));
        named.removeIf(gap -> Duration.between(gap.start(), gap.end()).toMillis() < EXACT_MS);
        named.sort(Comparator.comparing(Gap::start));
        return named;
    }

    private static Gap gap(
            TimeSet.Span span, GapCause cause, @org.jspecify.annotations.Nullable String detail) {
        return new Gap(
                Instant.ofEpochMilli(span.startMs()),
                Instant.ofEpochMilli(span.endMs()),
                cause,
                detail);
    }
}
