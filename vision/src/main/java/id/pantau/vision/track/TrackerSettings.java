package id.pantau.vision.track;

import java.time.Duration;

/// @param high detections from this score on are matched first (ByteTrack)
/// @param low detections below this score are nothing
/// @param fresh score from which an unmatched detection begins a track
/// @param firstIou least overlap of a track with a detection of a high score
/// @param secondIou least overlap with one of a low score
/// @param hits detections until a track is believed
/// @param lost how long a track is kept without being seen
/// @param lostBlob the same for one that no detector has named
public record TrackerSettings(
        double high,
        double low,
        double fresh,
        double firstIou,
        double secondIou,
        int hits,
        Duration lost,
        Duration lostBlob) {
    public static final TrackerSettings DEFAULT =
            new TrackerSettings(
                    0.35, 0.1, 0.4, 0.2, 0.5, 2, Duration.ofMillis(1500), Duration.ofMillis(500));

    /// For models whose scores run elsewhere.
    public TrackerSettings scores(double nextHigh, double nextLow, double nextFresh) {
        return new TrackerSettings(
                nextHigh, nextLow, nextFresh, firstIou, secondIou, hits, lost, lostBlob);
    }
}
