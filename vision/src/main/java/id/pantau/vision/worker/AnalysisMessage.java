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

    /// A view of an object; a later one of the same object is better.
    ///
    /// @param box where it is in the picture
    /// @param jpeg the whole picture
    record Shot(long track, Instant wallTime, Box box, byte[] jpeg) implements AnalysisMessage {}
}
