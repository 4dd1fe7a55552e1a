package id.pantau.server.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A set of moments: disjoint spans of UTC epoch milliseconds, ascending, never touching.
record TimeSet(List<Span> spans) {
    static final TimeSet EMPTY = new TimeSet(List.of());

    /// @param endMs exclusive, after `startMs`
    record Span(long startMs, long endMs) {
        long lengthMs() {
            return endMs - startMs;
        }
    }

    TimeSet {
        spans = List.copyOf(spans);
    }

    static TimeSet of(long startMs, long endMs) {
        return endMs > startMs ? new TimeSet(List.of(new Span(startMs, endMs))) : EMPTY;
    }

    /// @param spans in any order, overlapping or empty as they like
    static TimeSet ofAll(List<Span> spans) {
        var sorted = new ArrayList<>(spans);
        sorted.removeIf(span -> span.endMs() <= span.startMs());
        sorted.sort(Comparator.comparingLong(Span::startMs));
        var merged = new ArrayList<Span>(sorted.size());
        for (Span span : sorted) {
            if (!merged.isEmpty() && merged.getLast().endMs() >= span.startMs()) {
                Span last = merged.removeLast();
                span = new Span(last.startMs(), Math.max(last.endMs(), span.endMs()));
            }
            merged.add(span);
        }
        return new TimeSet(merged);
    }

    TimeSet union(TimeSet other) {
        var all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return ofAll(all);
    }

    TimeSet minus(TimeSet other) {
        var left = new ArrayList<Span>(spans.size());
        int skipped = 0; // spans of `other` that end before anything that is still to come
        for (Span span : spans) {
            long at = span.startMs();
            while (skipped < other.spans.size() && other.spans.get(skipped).endMs() <= at) {
                skipped++;
            }
            for (int i = skipped; i < other.spans.size() && at < span.endMs(); i++) {
                Span hole = other.spans.get(i);
                if (hole.startMs() >= span.endMs()) {
                    break;
                }
                if (hole.startMs() > at) {
                    left.add(new Span(at, hole.startMs()));
                }
                at = Math.max(at, hole.endMs());
            }
            if (at < span.endMs()) {
                left.add(new Span(at, span.endMs()));
            }
        }
        return new TimeSet(left);
    }

    TimeSet intersect(TimeSet other) {
        return minus(minus(other));
    }

    TimeSet clip(long startMs, long endMs) {
        return intersect(of(startMs, endMs));
    }

    /// Without spans shorter than `ms`.
    TimeSet atLeast(long ms) {
        return new TimeSet(spans.stream().filter(span -> span.lengthMs() >= ms).toList());
    }

    /// With holes shorter than `ms` filled.
    TimeSet bridging(long ms) {
        var bridged = new ArrayList<Span>(spans.size());
        for (Span span : spans) {
            if (!bridged.isEmpty() && span.startMs() - bridged.getLast().endMs() < ms) {
                bridged.add(new Span(bridged.removeLast().startMs(), span.endMs()));
            } else {
                bridged.add(span);
            }
        }
        return new TimeSet(bridged);
    }

    long totalMs() {
        return spans.stream().mapToLong(Span::lengthMs).sum();
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }
}
