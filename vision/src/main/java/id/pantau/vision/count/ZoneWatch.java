package id.pantau.vision.count;

import id.pantau.vision.Box;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in one zone. An object stands where its box ends at the bottom; it must be seen twice in
/// a row on the other side of the edge, so that a box that trembles neither enters nor leaves. Not
/// thread-safe.
public final class ZoneWatch {
    private static final int SETTLED = 2;

    /// A box often has the road before its object in it.
    private static final double FOOT = 0.9;

    private static final class Stay {
        boolean inside;
        int sightings; // in a row on the other side
        Duration since = Duration.ZERO; // of the first of them
        Duration entered = Duration.ZERO;
        boolean dwelt;
    }

    private final Zone zone;
    private final Map<Long, Stay> stays = new HashMap<>();

    public ZoneWatch(Zone zone) {
        this.zone = zone;
    }

    /// How many objects are inside now.
    public int occupancy() {
        return (int) stays.values().stream().filter(stay -> stay.inside).count();
    }

    /// One frame.
    public List<ZoneChange> look(Duration at, List<ObjectTrack> tracks) {
        var changes = new ArrayList<ZoneChange>();
        var gone = new HashMap<>(stays);
        for (ObjectTrack track : tracks) {
            gone.remove(track.id());
            Stay stay = stays.computeIfAbsent(track.id(), _ -> new Stay());
            add(changes, track.id(), moved(at, track, stay), at);
            if (isOverdue(at, stay)) {
                stay.dwelt = true;
                add(changes, track.id(), ZoneChange.Kind.DWELT, at);
            }
        }
        gone.forEach((track, stay) -> {
            stays.remove(track);
            add(changes, track, stay.inside ? ZoneChange.Kind.LEFT : null, at);
        });
        return changes;
    }

    private void add(
            List<ZoneChange> changes, long track, ZoneChange.@Nullable Kind kind, Duration at) {
        if (kind != null) {
            changes.add(new ZoneChange(zone.id(), track, kind, at));
        }
    }

    private ZoneChange.@Nullable Kind moved(Duration at, ObjectTrack track, Stay stay) {
        if (track.seen() == ObjectTrack.Seen.PREDICTION) {
            return null;
        }
        Box box = track.box();
        boolean inside =
                zone.area().contains(box.centreX(), box.top() + FOOT * (box.bottom() - box.top()));
        if (inside == stay.inside) {
            stay.sightings = 0;
            return null;
        }
        if (stay.sightings++ == 0) {
            stay.since = at;
        }
        if (stay.sightings < SETTLED) {
            return null;
        }
        stay.inside = inside;
        stay.sightings = 0;
        stay.entered = stay.since;
        stay.dwelt = false;
        return inside ? ZoneChange.Kind.ENTERED : ZoneChange.Kind.LEFT;
    }

    private boolean isOverdue(Duration at, Stay stay) {
        return stay.inside
                && !stay.dwelt
                && !zone.dwell().isZero()
                && at.minus(stay.entered).compareTo(zone.dwell()) >= 0;
    }
}
