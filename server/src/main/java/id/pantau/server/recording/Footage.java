package id.pantau.server.recording;

/// Recorded media without a hole, all for one reason.
///
/// @param startMs UTC epoch ms
/// @param endMs exclusive
record Footage(long startMs, long endMs, String reason, long sizeBytes) {
    static final String USUAL_REASON = "continuous";

    static Footage of(Segment segment) {
        return new Footage(
                segment.startMs(), segment.endMs(), segment.reason(), segment.sizeBytes());
    }

    /// Whether the other goes on where this ends, for the same reason.
    boolean isContinuedBy(Footage next) {
        return next.startMs == endMs && next.reason.equals(reason);
    }

    Footage with(Footage next) {
        return new Footage(startMs, next.endMs, reason, sizeBytes + next.sizeBytes);
    }
}
