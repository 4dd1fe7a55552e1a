package id.pantau.vision.track;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import java.util.List;

/// What a detector has found in one frame, and in which part of it.
///
/// @param area that it was given, in fractions of the frame
/// @param detections best first
public record Look(Box area, List<Detection> detections) {
    /// Of the area's size: a box that comes so near to an edge may go on behind it.
    private static final double EDGE = 0.01;

    private static final Box PICTURE = new Box(0, 0, 1, 1);

    public Look {
        detections = List.copyOf(detections);
    }

    public static Look whole(List<Detection> detections) {
        return new Look(PICTURE, detections);
    }

    /// Without what the area's edge has cut.
    ///
    /// @param found in fractions of the frame
    public static Look at(Box area, List<Detection> found) {
        var all = new Look(area, found);
        return new Look(area, found.stream().filter(one -> all.shows(one.box())).toList());
    }

    /// Whether an object there would have been seen whole. At the frame's own edges it goes as far
    /// as the frame does.
    boolean shows(Box box) {
        double across = EDGE * area.width();
        double down = EDGE * area.height();
        return (area.left() <= 0 || box.left() > area.left() + across)
                && (area.top() <= 0 || box.top() > area.top() + down)
                && (area.right() >= 1 || box.right() < area.right() - across)
                && (area.bottom() >= 1 || box.bottom() < area.bottom() - down);
    }
}
