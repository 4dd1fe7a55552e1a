package id.pantau.vision.worker;

import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.Rates;
import java.time.Duration;
import java.time.Instant;

/// What the worker saw in one frame. The observation comes without single detections; its motion
/// without cells.
///
/// @param wallTime of the frame, when it was captured
/// @param pts90k of the frame
public record Sighting(Instant wallTime, long pts90k, Observation observation, Rates rates) {
    /// When something was that the observation dates by media time.
    public Instant wallTimeOf(Duration at) {
        return wallTime.minus(observation.at().minus(at));
    }
}
