package id.pantau.server.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is recorded of a camera in a range, and what is missing, exact to 0.1 s. Every wanted
/// moment up to now is in a span or in a gap; what retention has removed is neither.
///
/// @param wanted how much of the range should have been recorded so far
/// @param recorded how much of it is
/// @param spans merged over segments, by start, never overlapping
/// @param gaps by start, never overlapping each other or a span
public record Coverage(
        String camera,
        Instant from,
        Instant until,
        Duration wanted,
        Duration recorded,
        List<Span> spans,
        List<Gap> gaps) {
    public Coverage {
        spans = List.copyOf(spans);
        gaps = List.copyOf(gaps);
    }

    /// @param end exclusive
    /// @param sizeBytes of the segments that begin in it, estimated where a segment is cut by the
    ///   range
    /// @param reason words of [Reason] with commas between
    public record Span(Instant start, Instant end, String reason, long sizeBytes) {
        public List<String> reasons() {
            return Reason.words(reason);
        }
    }
}
