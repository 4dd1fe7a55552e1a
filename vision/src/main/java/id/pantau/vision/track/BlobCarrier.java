package id.pantau.vision.track;

import id.pantau.vision.Box;
import id.pantau.vision.motion.Blob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives blobs to the objects they belong to: one blob may hold several objects, and one object may
/// fall into several blobs.
final class BlobCarrier {
    /// Parts of a box that lie in the other, from which the two have to do with each other.
    private static final double OBJECT_IN_BLOB = 0.3;

    private static final double BLOB_IN_OBJECT = 0.5;

    /// Of its size, at each side, that an object may have moved beyond what was expected.
    private static final double REACH = 0.5;

    private static final double LEAST_IOU = 0.15;
    private static final double CLEAR_IOU = 0.4;

    /// Of an object's size, at each side.
    private static final double BESIDE = 0.25;

    private final List<FollowedObject> objects;

    BlobCarrier(List<FollowedObject> objects) {
        this.objects = objects;
    }

    /// @param look null when no detector looked at this frame; who is in it is seen by now
    /// @return the blobs that nobody owns
    List<Blob> carry(Duration at, List<Blob> blobs, @Nullable Look look) {
        var unclaimed = new ArrayList<Blob>();
        var owned = new ArrayList<List<Blob>>(objects.size());
        var crowded = new boolean[objects.size()];
        objects.forEach(_ -> owned.add(new ArrayList<>()));
        for (Blob blob : blobs) {
            int[] owners = owners(blob);
            if (owners.length == 0) {
                if (!isShadow(blob)) {
                    unclaimed.add(blob);
                }
            } else if (owners.length == 1) {
                owned.get(owners[0]).add(blob);
            } else {
                for (int owner : owners) {
                    crowded[owner] = true;
                }
            }
        }
        for (int i = 0; i < objects.size(); i++) {
            FollowedObject object = objects.get(i);
            if (object.isSeen()) {
                continue; // by a detection, which is more exact
            }
            if (!owned.get(i).isEmpty() && !crowded[i]) {
                object.see(at, together(owned.get(i)));
            } else if (crowded[i] && !(isLookedAt(object, look) && object.isWellDetected())) {
                object.keep(at); // somewhere in there
            }
        }
        return catchUp(at, unclaimed);
    }

    private static boolean isLookedAt(FollowedObject object, @Nullable Look look) {
        return look != null && look.shows(object.box());
    }

    /// What moved further than was expected of it.
    ///
    /// @return the blobs that are still nobody's
    private List<Blob> catchUp(Duration at, List<Blob> unclaimed) {
        List<FollowedObject> unseen =
                objects.stream().filter(object -> object.lastSeen().compareTo(at) < 0).toList();
        double[][] cost = new double[unseen.size()][unclaimed.size()];
        for (int i = 0; i < unseen.size(); i++) {
            Box box = unseen.get(i).box().buffered(REACH);
            for (int j = 0; j < unclaimed.size(); j++) {
                cost[i][j] = 1 - box.iou(unclaimed.get(j).box().buffered(REACH));
            }
        }
        int[] match = Assignment.solve(cost, 1 - LEAST_IOU);
        var left = new ArrayList<>(unclaimed);
        for (int i = 0; i < match.length; i++) {
            if (match[i] >= 0) {
                Blob blob = unclaimed.get(match[i]);
                unseen.get(i).see(at, blob.box());
                left.remove(blob);
            }
        }
        return left;
    }

    private int[] owners(Blob blob) {
        var found = new ArrayList<Integer>();
        int best = -1;
        double most = 0;
        double second = 0;
        for (int i = 0; i < objects.size(); i++) {
            Box box = objects.get(i).box();
            if (box.coveredBy(blob.box()) > OBJECT_IN_BLOB
                    || blob.box().coveredBy(box) > BLOB_IN_OBJECT) {
                found.add(i);
                double iou = box.iou(blob.box());
                second = Math.max(second, Math.min(most, iou));
                best = iou > most ? i : best;
                most = Math.max(most, iou);
            }
        }
        // One that is so much like it is not merely beside the others.
        boolean clear = most > CLEAR_IOU && most > 2 * second;
        return clear ? new int[] {best} : found.stream().mapToInt(Integer::intValue).toArray();
    }

    /// A small blob beside an object that a detector sees well is its shadow, or a part of it.
    private boolean isShadow(Blob blob) {
        return objects.stream()
                .filter(object -> object.isSeen() && object.isWellDetected())
                .map(FollowedObject::box)
                .anyMatch(box ->
                        blob.box().area() < box.area()
                                && blob.box().intersection(box.buffered(BESIDE)) > 0);
    }

    private static Box together(List<Blob> blobs) {
        return blobs.stream().map(Blob::box).reduce(Box::union).orElseThrow();
    }
}
