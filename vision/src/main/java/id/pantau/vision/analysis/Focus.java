package id.pantau.vision.analysis;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.util.ArrayList;
import java.util.List;

/// Where a detector looks: at the whole picture, or, when what moves would be small in the model's
/// input and lies together, at the part around it. Whatever is not known to stand still has to lie
/// in that part. Not thread-safe.
final class Focus {
    /// Mean side in pixels of the input below which a model misses most: the small objects of COCO.
    private static final double SMALL_PX = 32;

    /// One look of so many goes to the whole picture, for what has come without having moved.
    private static final int WHOLE_EVERY = 4;

    private int parts = WHOLE_EVERY; // looked at since the whole picture was

    /// @param tracks as they were last
    /// @param tentative where something was seen that is not believed yet, and has to be seen again
    LookWindow next(
            Frame frame,
            ModelDescriptor model,
            Motion moved,
            List<ObjectTrack> tracks,
            List<Box> tentative) {
        LookWindow whole = LookWindow.whole(frame);
        LookWindow next = whole;
        if (parts < WHOLE_EVERY - 1 && !moved.unsettled()) {
            List<Box> moving = moving(moved, tracks);
            moving.addAll(tentative);
            if (moving.stream().anyMatch(box -> isSmall(box, whole, model))) {
                next =
                        LookWindow.around(
                                moving,
                                frame.widthPx(),
                                frame.heightPx(),
                                model.widthPx(),
                                model.heightPx());
            }
        }
        parts = next.equals(whole) ? 0 : parts + 1;
        return next;
    }

    private static List<Box> moving(Motion moved, List<ObjectTrack> tracks) {
        var moving = new ArrayList<Box>();
        for (Blob blob : moved.blobs()) {
            moving.add(blob.box());
        }
        for (ObjectTrack track : tracks) {
            if (!track.stationary() || track.label().equals(ObjectTrack.UNKNOWN)) {
                moving.add(track.box());
            }
        }
        return moving;
    }

    private static boolean isSmall(Box box, LookWindow whole, ModelDescriptor model) {
        double areaPx = box.area() * whole.frameWidthPx() * whole.frameHeightPx();
        return Math.sqrt(areaPx) * whole.scale(model.widthPx(), model.heightPx()) < SMALL_PX;
    }
}
