package id.pantau.vision.count;

import java.time.Duration;

/// An object has passed a line.
///
/// @param line its id
/// @param track the object's
/// @param direction to which side
/// @param at media time of the first frame with the object's centre on that side
public record Crossing(String line, long track, Direction direction, Duration at) {
    /// As seen from the line's first point, looking at its second.
    public enum Direction {
        TO_LEFT,
        TO_RIGHT
    }
}
