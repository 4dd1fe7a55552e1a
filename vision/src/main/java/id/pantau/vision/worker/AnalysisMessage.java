package id.pantau.vision.worker;

import id.pantau.vision.Box;
import id.pantau.vision.health.Condition;
import java.time.Instant;

/// What the worker says of a stream that it analyses.
public sealed interface AnalysisMessage {
    record Seen(Sighting sighting) implements AnalysisMessage {}

    /// What is wrong with the camera's picture, or is no longer.
    record HealthChanged(Condition condition, boolean begins, Instant wallTime)
            implements AnalysisMessage {}

    /// How good the pictures of one minute were for whoever counts in them.
    ///
    /// @param wallTime at which the minute began
    /// @param dark a person would have to look twice
    /// @param blurred less sharp than this camera is at other times
    /// @param rainLike thin bright streaks that come and go
    record Quality(Instant wallTime, boolean dark, boolean blurred, boolean rainLike)
            implements AnalysisMessage {}

    /// A view of an object; a later one of the same object is better.
    ///
    /// @param box where it is in the picture
    /// @param jpeg the whole picture
    record Shot(long track, Instant wallTime, Box box, byte[] jpeg) implements AnalysisMessage {}
}
