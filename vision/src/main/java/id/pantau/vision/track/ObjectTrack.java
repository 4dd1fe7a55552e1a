package id.pantau.vision.track;

import id.pantau.vision.Box;
import java.time.Duration;

/// An object and where it is at one moment.
///
/// @param id never given twice by one tracker
/// @param box as the filter has it
/// @param label by the sum of scores over all its detections; [#UNKNOWN] without any
/// @param score mean of the detections with that label, 0..1
/// @param seen what it was carried by in this frame
/// @param firstSeen media time
/// @param firstBox where that was
/// @param stationary stands still for the time being
/// @param whole a detector has seen all of it, or is sure of the part it sees: what the picture's
///   edge cuts off may be anything
public record ObjectTrack(
        long id,
        Box box,
        String label,
        double score,
        Seen seen,
        Duration firstSeen,
        Box firstBox,
        boolean stationary,
        boolean whole) {
    /// Something that moves and that no detector has a name for.
    public static final String UNKNOWN = "unknown";

    private static final String PERSON = "person";

    /// Of its own size: an object is where it was first seen while it has not moved so far.
    private static final double MOVED = 0.5;

    /// Whether it has left the place where it was first seen: what has stood there all the time,
    /// and was only now looked at, has not.
    public boolean hasMoved() {
        double across =
                Math.abs(box.centreX() - firstBox.centreX()) / Math.max(1e-6, firstBox.width());
        double down =
                Math.abs(box.centreY() - firstBox.centreY()) / Math.max(1e-6, firstBox.height());
        return Math.max(across, down) > MOVED;
    }

    /// False for what is called a person and may be an arm that reaches in. Nothing of the kind is
    /// known of vehicles: from steeply above the edge cuts off every one.
    public boolean isNoFragment() {
        return whole || !label.equals(PERSON);
    }

    /// What a track follows in a frame.
    public enum Seen {
        DETECTION,
        BLOB,
        /// Nothing: it is where it should be by its speed.
        PREDICTION
    }
}
