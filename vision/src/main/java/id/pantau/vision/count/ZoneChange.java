package id.pantau.vision.count;

import java.time.Duration;

/// An object and a zone.
///
/// @param zone its id
/// @param track the object's
/// @param at media time
public record ZoneChange(String zone, long track, Kind kind, Duration at) {
    public enum Kind {
        ENTERED,
        /// Has stayed for as long as the zone says; told once for each stay.
        DWELT,
        LEFT
    }
}
