package id.pantau.vision.analysis;

import id.pantau.vision.Detection;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.List;

/// What was seen in one frame.
///
/// @param at media time
/// @param looked whether a detector has looked at it
/// @param detections best first
/// @param tracks oldest first
/// @param crossings noticed with this frame; a crossing lies a moment before
/// @param zoneChanges noticed with this frame
public record Observation(
        Duration at,
        Motion motion,
        boolean looked,
        List<Detection> detections,
        List<ObjectTrack> tracks,
        List<Crossing> crossings,
        List<ZoneChange> zoneChanges) {
    /// Whether anything does not stand still.
    public boolean moves() {
        return !motion.blobs().isEmpty() || tracks.stream().anyMatch(track -> !track.stationary());
    }
}
