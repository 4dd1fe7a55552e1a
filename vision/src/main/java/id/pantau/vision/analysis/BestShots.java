package id.pantau.vision.analysis;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the best view of each object: a good score, large, whole inside the picture. One is given
/// away soon after the object was first seen, so that whoever watches has a picture at once, and a
/// better one when it has gone. Holds a few frames at most; an object too many has its first view
/// only. Not thread-safe.
final class BestShots {
    private static final int MOST_HELD = 8;

    /// So much better a view must be that the frame is kept instead.
    private static final double BETTER = 1.25;

    /// An object coming in is seen whole a moment later.
    private static final Duration FIRST_AFTER = Duration.ofMillis(400);

    private static final class View {
        double told; // worth of the shot that was given away; 0: none was
        double worth;
        @Nullable Shot held;
    }

    private final Map<Long, View> views = new HashMap<>();
    private int held;

    /// One frame.
    ///
    /// @param frame of the same moment; null when it is not there any more
    /// @return first views that are due
    List<Shot> look(Duration at, List<ObjectTrack> tracks, @Nullable Frame frame) {
        var due = new ArrayList<Shot>();
        Frame copy = null;
        for (ObjectTrack track : tracks) {
            View view = views.computeIfAbsent(track.id(), _ -> new View());
            double worth = worth(track);
            if (frame != null && isWanted(view, track, worth)) {
                copy = copy == null ? frame.copy() : copy;
                hold(view, new Shot(track.id(), at, track.box(), copy), worth);
            }
            Shot first = view.held;
            if (first != null
                    && view.told == 0
                    && at.minus(track.firstSeen()).compareTo(FIRST_AFTER) >= 0) {
                due.add(first);
                release(view);
            }
        }
        return due;
    }

    private boolean isWanted(View view, ObjectTrack track, double worth) {
        return track.seen() != ObjectTrack.Seen.PREDICTION
                && worth > BETTER * Math.max(view.worth, view.told)
                && (view.held != null || held < MOST_HELD || view.told == 0);
    }

    /// Before [#look].
    ///
    /// @param tracks that are still there
    /// @return the best views of those that have gone, where they are better than what was given
    List<Shot> leave(List<ObjectTrack> tracks) {
        var due = new ArrayList<Shot>();
        var gone = new HashSet<>(views.keySet());
        tracks.forEach(track -> gone.remove(track.id()));
        for (long track : gone) {
            View view = views.remove(track);
            Shot last = view == null ? null : view.held;
            if (view != null && last != null) {
                due.add(last);
                release(view);
            }
        }
        return due;
    }

    private void hold(View view, Shot shot, double worth) {
        held += view.held == null ? 1 : 0;
        view.held = shot;
        view.worth = worth;
    }

    private void release(View view) {
        view.told = view.worth;
        view.held = null;
        held--;
    }

    private static double worth(ObjectTrack track) {
        Box box = track.box();
        double inside = box.area() == 0 ? 0 : box.clipped().area() / box.area();
        double score = track.seen() == ObjectTrack.Seen.DETECTION ? 0.3 + track.score() : 0.3;
        return score * Math.sqrt(box.area()) * inside * inside;
    }
}
