package id.pantau.vision.track;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.ObjectGroup;
import id.pantau.vision.motion.Blob;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tracker's memory of one object.
final class FollowedObject {
    /// A blob's edges are those of the grid, its shadow is part of it.
    private static final double BLOB_TRUST = 0.8;

    /// A blob that overlaps so much with a named object is that object, and nothing else.
    private static final double SAME_SIZE = 0.4;

    /// A blob grows as its object comes into the picture.
    private static final double BLOB_UNREST = 3;

    /// A detection of a low score is often cut off.
    private static final double LOW_TRUST = 0.7;

    /// Box sizes a second: below, it stands.
    private static final double STANDS = 0.15;

    private static final double MOVED = 0.5;

    /// Of the picture: what comes so near to its edge is cut off by it.
    private static final double EDGE = 0.02;

    /// A detection that says something of the whole object.
    private static final double TELLING = 0.4;

    /// One that says it of a part, too: arms are called persons with 0.66, persons whose feet are
    /// out of sight with 0.8 and more.
    private static final double SURE = 0.75;

    private record Votes(double sum, int count) {
        Votes plus(double score) {
            return new Votes(sum + score, count + 1);
        }
    }

    private final long id;
    private final Duration firstSeen;
    private final Box firstBox;
    private final KalmanBox filter;
    private final Map<String, Votes> votes = new LinkedHashMap<>();
    private int detections;
    private int blobs;
    private Duration lastSeen;
    private ObjectTrack.Seen seen;
    private boolean confirmed;
    private boolean whole;

    private FollowedObject(long id, Duration at, Box box, ObjectTrack.Seen seen, double unrest) {
        this.id = id;
        this.firstSeen = at;
        this.lastSeen = at;
        this.firstBox = box;
        this.filter = new KalmanBox(box, unrest);
        this.seen = seen;
    }

    static FollowedObject of(long id, Duration at, Detection detection) {
        var object = new FollowedObject(id, at, detection.box(), ObjectTrack.Seen.DETECTION, 1);
        object.vote(detection);
        return object;
    }

    static FollowedObject of(long id, Duration at, Blob blob) {
        var object = new FollowedObject(id, at, blob.box(), ObjectTrack.Seen.BLOB, BLOB_UNREST);
        object.blobs = 1;
        return object;
    }

    void predict(double seconds) {
        filter.predict(seconds, isWellDetected() ? 1 : BLOB_UNREST);
        seen = ObjectTrack.Seen.PREDICTION;
    }

    void see(Duration at, Detection detection, boolean highScore) {
        filter.correct(detection.box(), highScore ? 1 : LOW_TRUST);
        vote(detection);
        seenAt(at, ObjectTrack.Seen.DETECTION);
    }

    /// @param box of all blobs that are its own
    void see(Duration at, Box box) {
        if (isWellDetected() && box().iou(box) < SAME_SIZE) {
            return; // it is in there, with its shadow, or with whoever hides a part of it
        }
        filter.correct(box, isWellDetected() ? BLOB_TRUST / 2 : BLOB_TRUST);
        blobs++;
        seenAt(at, ObjectTrack.Seen.BLOB);
    }

    /// Nothing says that it is gone.
    void keep(Duration at) {
        lastSeen = at;
    }

    private void seenAt(Duration at, ObjectTrack.Seen by) {
        lastSeen = at;
        seen = by;
    }

    private void vote(Detection detection) {
        detections++;
        double score = detection.score();
        whole |= score >= SURE || (score >= TELLING && !isCutOff(detection.box()));
        votes.merge(
                detection.label(),
                new Votes(detection.score(), 1),
                (before, _) -> before.plus(detection.score()));
    }

    private static boolean isCutOff(Box box) {
        return box.left() < EDGE
                || box.top() < EDGE
                || box.right() > 1 - EDGE
                || box.bottom() > 1 - EDGE;
    }

    void confirm() {
        confirmed = true;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    boolean isNamed() {
        return detections > 0;
    }

    /// A detector that sees it now and then only (from steeply above, say) does not know its size.
    boolean isWellDetected() {
        return detections * 2 > blobs;
    }

    int detections() {
        return detections;
    }

    int blobs() {
        return blobs;
    }

    Duration lastSeen() {
        return lastSeen;
    }

    Duration firstSeen() {
        return firstSeen;
    }

    boolean isSeen() {
        return seen != ObjectTrack.Seen.PREDICTION;
    }

    Box box() {
        return filter.box();
    }

    boolean stands() {
        return Math.hypot(filter.speedX(), filter.speedY()) < STANDS;
    }

    /// Has left the place where it was first seen.
    boolean hasMoved() {
        Box now = box();
        double across = Math.abs(now.centreX() - firstBox.centreX()) / firstBox.width();
        double down = Math.abs(now.centreY() - firstBox.centreY()) / firstBox.height();
        return Math.max(across, down) > MOVED;
    }

    boolean mayBe(String label) {
        String own = label();
        return own == null || ObjectGroup.same(own, label);
    }

    /// @return null without a detection
    @Nullable String label() {
        String best = null;
        double most = 0;
        for (var vote : votes.entrySet()) {
            double sum = vote.getValue().sum() * weight(vote.getKey());
            if (sum > most) {
                most = sum;
                best = vote.getKey();
            }
        }
        return best;
    }

    /// Models call a bicycle a motorcycle in every second frame, and a motorcycle a bicycle almost
    /// never: what is a bicycle in 40 % of them is one.
    private static double weight(String label) {
        return label.equals("bicycle") ? 1.5 : 1;
    }

    ObjectTrack snapshot() {
        String label = label();
        Votes won = label == null ? null : votes.get(label);
        return new ObjectTrack(
                id,
                box(),
                label == null ? ObjectTrack.UNKNOWN : label,
                won == null ? 0 : won.sum() / won.count(),
                seen,
                firstSeen,
                firstBox,
                stands(),
                whole);
    }
}
