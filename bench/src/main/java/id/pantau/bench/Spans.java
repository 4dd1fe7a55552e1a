package id.pantau.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Stretches of a clip in seconds from its beginning; those that touch are one.
final class Spans {
    /// @param until the span's end; not before `from`
    record Span(double from, double until) {
        double length() {
            return until - from;
        }
    }

    private final List<Span> all;

    private Spans(List<Span> all) {
        this.all = all;
    }

    static Spans of(List<Span> spans) {
        var merged = new ArrayList<Span>();
        for (Span span : spans.stream().sorted(Comparator.comparingDouble(Span::from)).toList()) {
            Span before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && span.from() <= before.until()) {
                merged.removeLast();
                merged.add(new Span(before.from(), Math.max(before.until(), span.until())));
            } else {
                merged.add(span);
            }
        }
        return new Spans(List.copyOf(merged));
    }

    /// Each longer by so much at its ends, and cut at the ends of the clip.
    Spans widened(double before, double after, double clip) {
        return of(
                all.stream()
                        .map(span ->
                                new Span(
                                        Math.max(0, span.from() - before),
                                        Math.min(clip, span.until() + after)))
                        .toList());
    }

    double seconds() {
        return all.stream().mapToDouble(Span::length).sum();
    }

    /// How many seconds of these are in none of the others.
    double outside(Spans others) {
        double inside = 0;
        for (Span one : all) {
            for (Span other : others.all) {
                double from = Math.max(one.from(), other.from());
                inside += Math.max(0, Math.min(one.until(), other.until()) - from);
            }
        }
        return seconds() - inside;
    }

    /// How many of these have nothing in common with any of the others.
    long strangers(Spans others) {
        return all.stream()
                .filter(one ->
                        others.all.stream()
                                .noneMatch(other ->
                                        one.from() <= other.until() && other.from() <= one.until()))
                .count();
    }
}
