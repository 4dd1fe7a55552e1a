package id.pantau.server.event;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.VisionSettings;
import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.health.Condition;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is going on before one camera: makes events of motion, objects, lines and zones. Confined
/// to the thread of its analysis.
final class CameraMoments {
    /// Motion in so many pictures in a row is no flicker.
    private static final int MOTION_BEGINS = 2;

    /// Without motion for so long it is over.
    private static final Duration MOTION_ENDS = Duration.ofSeconds(3);

    private static final Duration PATH_STEP = Duration.ofMillis(400);
    private static final int LONGEST_PATH = 300;

    private static final class Followed {
        String label = ObjectTrack.UNKNOWN;
        double score;
        Instant firstSeen = Instant.EPOCH;
        Instant lastSeen = Instant.EPOCH;
        Box box = new Box(0, 0, 0, 0);
        boolean moved;
        boolean noFragment;
        @Nullable Event event;
        AnalysisMessage.@Nullable Shot shot; // that came before the event
        @Nullable String snapshot;
        @Nullable Box snapshotBox;
        boolean shared; // other events than its own show that snapshot
        final List<PathPoint> path = new ArrayList<>();
        final Map<String, Event> stays = new HashMap<>(); // by zone
        final List<Event> unshown = new ArrayList<>(); // told without a picture
    }

    private final String camera;
    private final Events events;
    private final Map<Long, Followed> tracks = new HashMap<>();
    private final Map<Condition, Event> conditions = new EnumMap<>(Condition.class);
    private @Nullable Event motion;
    private int moving; // pictures in a row
    private Instant lastMotion = Instant.EPOCH;
    private Instant firstMotion = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    CameraMoments(String camera, Events events) {
        this.camera = camera;
        this.events = events;
    }

    void seen(Camera settings, Sighting sighting, boolean named) {
        last = sighting.wallTime();
        motion(sighting);
        VisionSettings vision = settings.vision();
        var gone = new HashSet<>(tracks.keySet());
        for (ObjectTrack track : sighting.observation().tracks()) {
            gone.remove(track.id());
            Followed one = tracks.computeIfAbsent(track.id(), _ -> new Followed());
            follow(one, track, sighting);
            if (one.moved && one.noFragment && vision.counts(one.label, one.score, named)) {
                object(one, track.id());
            }
        }
        sighting.observation().crossings().forEach(crossing -> cross(vision, crossing, sighting));
        sighting.observation()
                .zoneChanges()
                .forEach(change -> zone(vision, change, sighting, named));
        for (long track : gone) {
            Followed one = tracks.remove(track);
            if (one != null) {
                end(one);
            }
        }
    }

    private void motion(Sighting sighting) {
        boolean moves = !sighting.observation().motion().blobs().isEmpty();
        Event running = motion;
        if (moves) {
            firstMotion = moving == 0 ? last : firstMotion;
            moving++;
            lastMotion = last;
            if (running == null && moving >= MOTION_BEGINS) {
                motion = Event.begin(EventIds.next(), camera, EventType.MOTION, firstMotion);
                events.began(motion, List.of());
            }
            return;
        }
        moving = 0;
        if (running != null && Duration.between(lastMotion, last).compareTo(MOTION_ENDS) > 0) {
            motion = null;
            events.changed(running.ended(lastMotion), List.of());
        }
    }

    private void follow(Followed one, ObjectTrack track, Sighting sighting) {
        one.firstSeen = sighting.wallTimeOf(track.firstSeen());
        one.label = track.label();
        one.score = track.score();
        one.box = track.box();
        one.noFragment = track.isNoFragment();
        if (track.seen() != ObjectTrack.Seen.PREDICTION) {
            one.lastSeen = last;
            one.moved |= track.hasMoved();
            long ms = Duration.between(one.firstSeen, last).toMillis();
            boolean due =
                    one.path.isEmpty() || ms - one.path.getLast().ms() >= PATH_STEP.toMillis();
            if (due && one.path.size() < LONGEST_PATH) {
                one.path.add(new PathPoint(ms, track.box()));
            }
        }
    }

    private void object(Followed one, long track) {
        if (one.event != null) {
            return;
        }
        Event event =
                Event.begin(EventIds.next(), camera, EventType.OBJECT, one.firstSeen)
                        .of(track, one.label, score(one), one.box);
        Event shown = pictured(event, one);
        one.event = shown;
        events.began(shown, one.path);
    }

    private static @Nullable Double score(Followed one) {
        return one.label.equals(ObjectTrack.UNKNOWN) ? null : one.score;
    }

    void shot(AnalysisMessage.Shot shot) {
        Followed one = tracks.get(shot.track());
        if (one == null) {
            return; // it came after its object had gone and was told
        }
        Event event = one.event;
        if (event != null) {
            store(one, event, shot);
            Event shown = pictured(event, one);
            one.event = shown;
            events.changed(shown, one.path);
        } else if (one.unshown.isEmpty()) {
            one.shot = shot;
        } else {
            store(one, one.unshown.getFirst(), shot);
        }
        tellShown(one);
    }

    /// What was told without a picture has one now.
    private void tellShown(Followed one) {
        if (one.snapshot == null) {
            return;
        }
        List<Event> waiting = List.copyOf(one.unshown);
        one.unshown.clear();
        for (Event event : waiting) {
            String zone = event.place();
            Event stay = zone == null ? null : one.stays.get(zone);
            Event shown = pictured(event, one);
            if (zone != null && stay != null && stay.id().equals(event.id())) {
                one.stays.put(zone, shown);
            }
            Event object = one.event;
            if (object == null || !object.id().equals(event.id())) {
                events.changed(shown, List.of());
            }
        }
    }

    /// Keeps a view of the object in place of the one before, unless others show that.
    private void store(Followed one, Event event, AnalysisMessage.Shot shot) {
        String known = one.snapshot;
        String name = known == null || one.shared ? Snapshots.nextName(event) : known;
        one.shared = false;
        events.show(name, shot.jpeg());
        one.snapshot = name;
        one.snapshotBox = shot.box();
    }

    /// With the object's picture where there is one; else it waits for it.
    private Event pictured(Event event, @Nullable Followed one) {
        if (one == null) {
            return event;
        }
        AnalysisMessage.Shot shot = one.shot;
        if (one.snapshot == null && shot != null) {
            one.shot = null;
            store(one, event, shot);
        }
        if (one.snapshot == null || one.snapshotBox == null) {
            one.unshown.add(event);
            return event;
        }
        one.shared |= event.type() != EventType.OBJECT;
        return event.shown(one.snapshotBox, one.snapshot);
    }

    void healthChanged(AnalysisMessage.HealthChanged change) {
        last = change.wallTime();
        Event running = conditions.remove(change.condition());
        if (running != null) {
            events.changed(running.ended(last), List.of());
        }
        if (change.begins()) {
            Event event = Event.begin(EventIds.next(), camera, type(change.condition()), last);
            conditions.put(change.condition(), event);
            events.began(event, List.of());
        }
    }

    private static EventType type(Condition condition) {
        return switch (condition) {
            case FROZEN -> EventType.FROZEN;
            case BLACK -> EventType.BLACK;
            case BLURRED -> EventType.BLURRED;
            case MOVED -> EventType.MOVED;
        };
    }

    private void cross(VisionSettings vision, Crossing crossing, Sighting sighting) {
        Instant at = sighting.wallTimeOf(crossing.at());
        Followed one = tracks.get(crossing.track());
        if (one != null && !one.noFragment) {
            return; // an arm that reaches over it
        }
        String label = one == null ? ObjectTrack.UNKNOWN : one.label;
        events.crossed(camera, crossing.line(), crossing.track(), crossing.direction(), label, at);
        String name =
                vision.lines().stream()
                        .filter(line -> line.id().equals(crossing.line()))
                        .map(VisionSettings.CountingLine::name)
                        .findFirst()
                        .orElse("");
        Event event =
                Event.begin(EventIds.next(), camera, EventType.LINE, at)
                        .of(
                                crossing.track(),
                                label,
                                one == null ? null : score(one),
                                one == null ? null : one.box)
                        .at(crossing.line(), name, crossing.direction())
                        .ended(at);
        events.began(pictured(event, one), List.of());
    }

    private void zone(VisionSettings vision, ZoneChange change, Sighting sighting, boolean named) {
        Followed one = tracks.get(change.track());
        if (one == null) {
            return;
        }
        Instant at = sighting.wallTimeOf(change.at());
        if (change.kind() == ZoneChange.Kind.LEFT) {
            Event stay = one.stays.remove(change.zone());
            if (stay != null) {
                events.changed(stay.ended(at), List.of());
            }
            return;
        }
        if (!vision.counts(one.label, one.score, named)) {
            return;
        }
        String name =
                vision.zones().stream()
                        .filter(zone -> zone.id().equals(change.zone()))
                        .map(VisionSettings.NamedZone::name)
                        .findFirst()
                        .orElse("");
        boolean enters = change.kind() == ZoneChange.Kind.ENTERED;
        Event event =
                Event.begin(
                                EventIds.next(),
                                camera,
                                enters ? EventType.ZONE_ENTER : EventType.ZONE_DWELL,
                                at)
                        .of(change.track(), one.label, score(one), one.box)
                        .at(change.zone(), name, null);
        Event shown = pictured(event, one);
        if (enters) {
            one.stays.put(change.zone(), shown);
            events.began(shown, List.of());
        } else {
            events.began(shown.ended(at), List.of());
        }
    }

    private void end(Followed one) {
        Event event = one.event;
        if (event != null) {
            events.changed(
                    event.of(
                                    event.track() == null ? 0 : event.track(),
                                    one.label,
                                    score(one),
                                    event.box())
                            .ended(one.lastSeen),
                    one.path);
        }
        one.stays.values().forEach(stay -> events.changed(stay.ended(one.lastSeen), List.of()));
    }

    /// Nothing goes on after this.
    void end() {
        tracks.values().forEach(this::end);
        tracks.clear();
        conditions.values().forEach(one -> events.changed(one.ended(last), List.of()));
        conditions.clear();
        Event running = motion;
        motion = null;
        if (running != null) {
            events.changed(running.ended(lastMotion), List.of());
        }
    }
}
