package id.pantau.vision.count;

import id.pantau.vision.Box;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the objects that pass one line by their centre. An object must have settled on both
/// sides, so that a box that flickers across the line is no crossing; one that loses its number at
/// the line is counted once. Not thread-safe.
public final class LineCounter {
    /// Sightings in a row until a side is believed.
    private static final int SETTLED = 2;

    /// How long an object that was lost may take to come back under another number.
    private static final Duration RETURN = Duration.ofSeconds(1);

    /// One object and the line.
    private static final class Passage {
        double side; // the believed one: -1, 1, or 0 for none yet
        double newSide;
        int sightings;
        double lastX; // on the believed side
        double lastY;
        double newX; // first on the new side
        double newY;
        Duration newSince = Duration.ZERO;
        Box box = new Box(0, 0, 0, 0);
        Duration seen = Duration.ZERO;
        @Nullable Crossing counted;
    }

    private final Line line;
    private final Map<Long, Passage> passages = new HashMap<>();

    public LineCounter(Line line) {
        this.line = line;
    }

    public Line line() {
        return line;
    }

    /// One frame.
    public List<Crossing> look(Duration at, List<ObjectTrack> tracks) {
        var crossings = new ArrayList<Crossing>();
        Set<Long> present = new HashSet<>();
        for (ObjectTrack track : tracks) {
            present.add(track.id());
            if (track.seen() != ObjectTrack.Seen.PREDICTION) {
                Passage passage =
                        passages.computeIfAbsent(track.id(), _ -> begin(at, track, present));
                look(at, track, passage).ifPresent(crossings::add);
            }
        }
        passages.entrySet()
                .removeIf(entry ->
                        !present.contains(entry.getKey())
                                && at.minus(entry.getValue().seen).compareTo(RETURN) > 0);
        return crossings;
    }

    /// An object that was lost at this place a moment ago goes on as the new one. Any other has
    /// come from where it was first seen, which was before it was believed.
    private Passage begin(Duration at, ObjectTrack track, Set<Long> present) {
        var fresh = new Passage();
        for (var entry : passages.entrySet()) {
            Passage old = entry.getValue();
            boolean gone = !present.contains(entry.getKey());
            boolean recent = at.minus(old.seen).compareTo(RETURN) <= 0;
            if (gone && recent && isNear(old.box, track.box()) && isAtLine(track.box())) {
                fresh.counted = old.counted;
                if (old.counted == null) {
                    fresh.side = old.side;
                    fresh.lastX = old.lastX;
                    fresh.lastY = old.lastY;
                }
            }
        }
        if (fresh.side == 0 && fresh.counted == null) {
            fresh.lastX = track.firstBox().centreX();
            fresh.lastY = track.firstBox().centreY();
            fresh.side = Math.signum(line.side(fresh.lastX, fresh.lastY));
        }
        return fresh;
    }

    private static boolean isNear(Box one, Box other) {
        return Math.abs(one.centreX() - other.centreX()) < other.width()
                && Math.abs(one.centreY() - other.centreY()) < other.height();
    }

    private boolean isAtLine(Box box) {
        Box around = box.buffered(0.5);
        double first = line.side(around.left(), around.top());
        double second = line.side(around.right(), around.top());
        double third = line.side(around.left(), around.bottom());
        double fourth = line.side(around.right(), around.bottom());
        double least = Math.min(Math.min(first, second), Math.min(third, fourth));
        double most = Math.max(Math.max(first, second), Math.max(third, fourth));
        return least <= 0 && most >= 0;
    }

    private Optional<Crossing> look(Duration at, ObjectTrack track, Passage passage) {
        double x = track.box().centreX();
        double y = track.box().centreY();
        double side = Math.signum(line.side(x, y));
        passage.box = track.box();
        passage.seen = at;
        if (side == 0) {
            return Optional.empty();
        }
        if (side == passage.side) {
            passage.sightings = 0;
            passage.lastX = x;
            passage.lastY = y;
            return Optional.empty();
        }
        if (passage.sightings == 0 || side != passage.newSide) {
            passage.newSide = side;
            passage.sightings = 0;
            passage.newSince = at;
            passage.newX = x;
            passage.newY = y;
        }
        return ++passage.sightings < SETTLED ? Optional.empty() : settle(track, passage, x, y);
    }

    private Optional<Crossing> settle(ObjectTrack track, Passage passage, double x, double y) {
        boolean passed =
                passage.side != 0
                        && line.isBetween(passage.lastX, passage.lastY, passage.newX, passage.newY);
        passage.side = passage.newSide;
        passage.sightings = 0;
        passage.lastX = x;
        passage.lastY = y;
        if (!passed) {
            return Optional.empty();
        }
        var direction = passage.side > 0 ? Crossing.Direction.TO_RIGHT : Crossing.Direction.TO_LEFT;
        var crossing = new Crossing(line.id(), track.id(), direction, passage.newSince);
        Crossing before = passage.counted;
        passage.counted = crossing;
        boolean again =
                before != null
                        && before.track() != track.id()
                        && before.direction() == direction
                        && crossing.at().minus(before.at()).compareTo(RETURN) <= 0;
        return again ? Optional.empty() : Optional.of(crossing);
    }
}
