package id.pantau.server.recording;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What of a camera is to be kept because something triggered it, by the wall clock of its units.
/// Used by the recorder's thread only.
final class WantedSpans {
    /// What ended so long ago is of no use to anybody any more.
    private static final int MOST = 512;

    /// @param startMs less the pre-roll
    /// @param endMs with the post-roll
    private record Span(long startMs, long endMs, Reason reason) {}

    private final List<Span> spans = new ArrayList<>();
    private long mergeMs;
    private TimeSet all = TimeSet.EMPTY;

    boolean isEmpty() {
        return spans.isEmpty();
    }

    void mergeWithin(long ms) {
        if (ms != mergeMs) {
            mergeMs = ms;
            join();
        }
    }

    /// Adds a span, one with those of the same reason that it touches.
    void add(long startMs, long endMs, Reason reason) {
        long start = startMs;
        long end = endMs;
        for (var known = spans.iterator(); known.hasNext(); ) {
            Span span = known.next();
            boolean touches = span.startMs <= end && start <= span.endMs;
            if (span.reason == reason && (touches || spans.size() >= MOST)) {
                start = Math.min(start, span.startMs);
                end = Math.max(end, span.endMs);
                known.remove();
            }
        }
        spans.add(new Span(start, end, reason));
        join();
    }

    /// Ends what is wanted for these reasons.
    void end(Set<Reason> reasons, long atMs) {
        spans.replaceAll(span ->
                reasons.contains(span.reason)
                        ? new Span(span.startMs, Math.min(span.endMs, atMs), span.reason)
                        : span);
        spans.removeIf(span -> span.endMs <= span.startMs);
        join();
    }

    void retain(Set<Reason> reasons) {
        if (spans.removeIf(span -> !reasons.contains(span.reason))) {
            join();
        }
    }

    void dropBefore(long ms) {
        if (!spans.isEmpty() && spans.removeIf(span -> span.endMs < ms)) {
            join();
        }
    }

    /// Whether anything between two moments is wanted, short rests included.
    ///
    /// @param untilMs inclusive
    boolean touch(long fromMs, long untilMs) {
        for (TimeSet.Span span : all.spans()) {
            if (span.startMs() <= untilMs && span.endMs() > fromMs) {
                return true;
            }
        }
        return false;
    }

    /// @param untilMs inclusive
    Set<Reason> reasons(long fromMs, long untilMs) {
        var reasons = EnumSet.noneOf(Reason.class);
        for (Span span : spans) {
            if (span.startMs <= untilMs && span.endMs > fromMs) {
                reasons.add(span.reason);
            }
        }
        return reasons;
    }

    private void join() {
        all =
                TimeSet.ofAll(
                                spans.stream()
                                        .map(span -> new TimeSet.Span(span.startMs, span.endMs))
                                        .toList())
                        .bridging(mergeMs);
    }
}
