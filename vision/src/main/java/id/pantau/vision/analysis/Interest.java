package id.pantau.vision.analysis;

import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What of a scene is worth keeping: motion that is no flicker, and objects that count, from where
/// they were first seen until they have stood still for long. Of one camera, one observation after
/// the other; not thread-safe.
public final class Interest {
    /// Motion in so many pictures in a row is no flicker.
    private static final int MOTION_BEGINS = 2;

    /// Who stands for longer is part of the scene until it moves again.
    private static final Duration STANDS = Duration.ofSeconds(60);

    /// Whoever comes is motion first and an object a moment later: when something moved up to then,
    /// that is taken for its coming, but no more of it.
    private static final Duration COMING = Duration.ofSeconds(2);

    /// Where an object of a class was seen for sure so lately, another one is believed sooner.
    private static final Duration FAMILIAR = Duration.ofMinutes(10);

    /// Then it counts with this part of the score that it would need.
    private static final double BELIEVED = 0.6;

    public enum Kind {
        MOTION,
        OBJECT
    }

    /// Something goes on.
    ///
    /// @param from media time at which it began
    /// @param until of the observation it was seen in
    public record Stretch(Kind kind, Duration from, Duration until) {}

    /// Which objects count.
    @FunctionalInterface
    public interface Choice {
        boolean counts(String label, double score);
    }

    private static final class Presence {
        final Duration since;
        boolean hasMoved;
        Duration movedAt = Duration.ZERO;

        Presence(Duration since) {
            this.since = since;
        }
    }

    private final Map<Long, Presence> objects = new HashMap<>();
    private final Map<String, Duration> familiar = new HashMap<>(); // when seen for sure, by class
    private int moving; // pictures in a row
    private Duration movingSince = Duration.ZERO;

    /// @return what goes on in that picture, mostly nothing; one for each object
    public List<Stretch> look(Observation seen, Choice choice) {
        var found = new ArrayList<Stretch>();
        lookForMotion(seen, found);
        var known = new HashMap<Long, Presence>();
        for (ObjectTrack track : seen.tracks()) {
            Presence presence = objects.get(track.id());
            if (presence == null) {
                presence = new Presence(coming(track.firstSeen()));
            }
            known.put(track.id(), presence);
            boolean moves = presence.hasMoved ? !track.stationary() : track.hasMoved();
            if (moves && track.seen() != ObjectTrack.Seen.PREDICTION) {
                presence.hasMoved = true;
                presence.movedAt = seen.at();
            }
            if (presence.hasMoved
                    && track.isNoFragment()
                    && counts(track, seen.at(), choice)
                    && seen.at().minus(presence.movedAt).compareTo(STANDS) < 0) {
                found.add(new Stretch(Kind.OBJECT, presence.since, seen.at()));
            }
        }
        objects.clear();
        objects.putAll(known);
        return found;
    }

    private boolean counts(ObjectTrack track, Duration at, Choice choice) {
        String label = track.label();
        if (choice.counts(label, track.score())) {
            familiar.put(label, at);
            return true;
        }
        Duration known = familiar.get(label);
        return known != null
                && at.minus(known).compareTo(FAMILIAR) < 0
                && choice.counts(label, track.score() / BELIEVED);
    }

    private Duration coming(Duration firstSeen) {
        if (moving == 0 || movingSince.compareTo(firstSeen) >= 0) {
            return firstSeen;
        }
        Duration earliest = firstSeen.minus(COMING);
        return movingSince.compareTo(earliest) > 0 ? movingSince : earliest;
    }

    private void lookForMotion(Observation seen, List<Stretch> found) {
        if (seen.motion().blobs().isEmpty()) {
            moving = 0;
            return;
        }
        movingSince = moving == 0 ? seen.at() : movingSince;
        if (++moving >= MOTION_BEGINS) {
            found.add(new Stretch(Kind.MOTION, movingSince, seen.at()));
        }
    }
}
