package id.pantau.vision.track;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.motion.Blob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Follows the objects of one camera from frame to frame. Detections are matched as ByteTrack does
/// it: those of a high score first, then those of a low one with the tracks that are left. What no
/// detection carries is carried by the blob it lies in; blobs that nobody claims become tracks
/// without a name, once they have moved. All times are media time, no count of frames is used.
public final class Tracker {
    /// Overlaps shrink as objects move between frames: boxes are matched larger by this, per second
    /// between frames, and by [#MOST_BUFFER] at most.
    private static final double BUFFER_PER_S = 0.8;

    private static final double MOST_BUFFER = 0.4;
    private static final Duration FIRST_BLOB_AGE = Duration.ofMillis(300);
    private static final int FIRST_BLOBS = 4;

    /// What has only just begun to move is given up sooner.
    private static final Duration FIRST_BLOB_GAP = Duration.ofMillis(200);

    /// A bus that hides a car must not take its number.
    private static final double OTHER_LABEL = 0.7;

    /// Of a box outside the picture, after which the object has left.
    private static final double OUTSIDE = 0.7;

    private static final Box PICTURE = new Box(0, 0, 1, 1);

    private final TrackerSettings settings;
    private final LongSupplier ids;
    private final List<FollowedObject> objects = new ArrayList<>();
    private @Nullable Duration last;

    /// @param ids gives numbers that no other track has
    public Tracker(TrackerSettings settings, LongSupplier ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /// One frame.
    ///
    /// @param at media time; not before the frame before
    /// @param look null when no detector looked at this frame; who was not in the part that it saw
    ///   is not missed by it
    /// @return the believed objects, oldest first, whether seen in this frame or where they should
    ///   be
    public List<ObjectTrack> update(Duration at, @Nullable Look look, List<Blob> blobs) {
        double seconds = last == null ? 0 : Math.max(0, at.minus(last).toNanos() / 1e9);
        last = at;
        objects.forEach(object -> object.predict(seconds));
        if (look != null) {
            match(at, seconds, Riders.without(look.detections(), objects));
        }
        for (Blob unclaimed : new BlobCarrier(objects).carry(at, blobs, look)) {
            objects.add(FollowedObject.of(ids.getAsLong(), at, unclaimed));
        }
        believe(at);
        forget(at, look);
        return objects.stream()
                .filter(FollowedObject::isConfirmed)
                .map(FollowedObject::snapshot)
                .toList();
    }

    /// Where something was seen that is not believed yet.
    public List<Box> tentative() {
        return objects.stream()
                .filter(object -> !object.isConfirmed())
                .map(FollowedObject::box)
                .toList();
    }

    private void match(Duration at, double seconds, List<Detection> detections) {
        double buffer = Math.min(MOST_BUFFER, BUFFER_PER_S * seconds);
        var high = new ArrayList<Detection>();
        var low = new ArrayList<Detection>();
        for (Detection detection : detections) {
            if (detection.score() >= settings.high()) {
                high.add(detection);
            } else if (detection.score() >= settings.low()) {
                low.add(detection);
            }
        }
        var believed =
                new ArrayList<>(objects.stream().filter(FollowedObject::isConfirmed).toList());
        var tentative =
                new ArrayList<>(objects.stream().filter(object -> !object.isConfirmed()).toList());
        match(at, believed, high, settings.firstIou(), buffer, true);
        Duration before = at.minus(Duration.ofNanos((long) (1.5e9 * seconds)));
        believed.removeIf(object -> object.lastSeen().compareTo(before) < 0);
        match(at, believed, low, settings.secondIou(), 0, false);
        match(at, tentative, high, settings.firstIou(), buffer, true);
        for (Detection detection : high) {
            if (detection.score() >= settings.fresh()) {
                objects.add(FollowedObject.of(ids.getAsLong(), at, detection));
            }
        }
    }

    /// Takes what belongs together out of both lists.
    private static void match(
            Duration at,
            List<FollowedObject> candidates,
            List<Detection> detections,
            double leastIou,
            double buffer,
            boolean highScore) {
        double[][] cost = new double[candidates.size()][detections.size()];
        for (int i = 0; i < candidates.size(); i++) {
            FollowedObject object = candidates.get(i);
            Box box = object.box();
            for (int j = 0; j < detections.size(); j++) {
                Detection detection = detections.get(j);
                cost[i][j] = 1 - likeness(object, box, detection, buffer);
            }
        }
        int[] match = Assignment.solve(cost, 1 - leastIou);
        var matchedObjects = new ArrayList<FollowedObject>();
        var matchedDetections = new ArrayList<Detection>();
        for (int i = 0; i < match.length; i++) {
            if (match[i] >= 0) {
                FollowedObject object = candidates.get(i);
                Detection detection = detections.get(match[i]);
                object.see(at, detection, highScore);
                matchedObjects.add(object);
                matchedDetections.add(detection);
            }
        }
        candidates.removeAll(matchedObjects);
        detections.removeAll(matchedDetections);
    }

    private static double likeness(
            FollowedObject object, Box box, Detection detection, double buffer) {
        if (!object.mayBe(detection.label())) {
            return 0;
        }
        double iou = box.buffered(buffer).iou(detection.box().buffered(buffer));
        if (object.isNamed()) {
            return detection.label().equals(object.label()) ? iou : OTHER_LABEL * iou;
        }
        // A blob has its shadow with it, and may be a part only.
        double cover = Math.max(box.coveredBy(detection.box()), detection.box().coveredBy(box));
        return Math.max(iou, 0.6 * cover);
    }

    private void believe(Duration at) {
        for (FollowedObject object : objects) {
            boolean detected = object.detections() >= settings.hits();
            boolean movedBlob =
                    object.blobs() >= FIRST_BLOBS
                            && at.minus(object.firstSeen()).compareTo(FIRST_BLOB_AGE) >= 0
                            && object.hasMoved();
            if (detected || movedBlob) {
                object.confirm();
            }
        }
    }

    private void forget(Duration at, @Nullable Look look) {
        objects.removeIf(object -> {
            boolean looked = look != null && look.shows(object.box());
            if (object.box().coveredBy(PICTURE) < 1 - OUTSIDE) {
                return true;
            }
            if (object.isSeen()) {
                return false;
            }
            if (!looked && object.isNamed() && object.isConfirmed() && object.stands()) {
                object.keep(at); // nothing moves there and nobody has looked: it still stands
                return false;
            }
            if (!object.isConfirmed() && looked && object.isNamed()) {
                return true;
            }
            Duration patience = object.isNamed() ? settings.lost() : settings.lostBlob();
            if (!object.isConfirmed()) {
                patience = FIRST_BLOB_GAP;
            }
            return at.minus(object.lastSeen()).compareTo(patience) > 0;
        });
    }
}
