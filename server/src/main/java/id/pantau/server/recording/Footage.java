package id.pantau.server.recording;

/// What the coverage needs to know of a segment, and no more: a day of one camera is 1440 of them.
///
/// @param startMs UTC epoch ms
/// @param endMs exclusive
record Footage(long startMs, long endMs, String reason, long sizeBytes) {
    static Footage of(Segment segment) {
        return new Footage(
                segment.startMs(), segment.endMs(), segment.reason(), segment.sizeBytes());
    }
}
