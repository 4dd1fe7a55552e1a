package id.pantau.server.app;

import id.pantau.server.camera.Camera;
import id.pantau.server.recording.AnalysisCount;
import id.pantau.server.recording.Reason;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.Trigger;
import id.pantau.server.vision.AnalysisListener;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Has the recorder keep what is seen: tells it of motion and of objects that count, and how far
/// the analysis is.
@Component
class RecordingTriggers implements AnalysisListener {
    /// Motion in so many pictures in a row is no flicker.
    private static final int MOTION_BEGINS = 2;

    /// Who stands for longer is part of the scene until it moves again.
    private static final Duration STANDS = Duration.ofSeconds(60);

    private static final class Presence {
        Instant movedAt = Instant.MIN;

        boolean hasMoved() {
            return movedAt.isAfter(Instant.MIN);
        }
    }

    private static final class Scene {
        final Map<Long, Presence> objects = new HashMap<>();
        int moving; // pictures in a row
        Instant movingSince = Instant.EPOCH;
        Rates counted = new Rates(0, 0, 0, 0, 0);
    }

    private final RecordingControl recording;
    private final Map<String, Scene> scenes = new ConcurrentHashMap<>(); // each one thread's

    RecordingTriggers(RecordingControl recording) {
        this.recording = recording;
    }

    @Override
    public void seen(Camera camera, Sighting sighting, boolean named) {
        String id = camera.id().value();
        Scene scene = scenes.computeIfAbsent(id, _ -> new Scene());
        motion(id, scene, sighting);
        objects(camera, scene, sighting, named);
        recording.analysed(id, sighting.wallTime(), count(scene, sighting.rates()));
    }

    private void motion(String id, Scene scene, Sighting sighting) {
        Instant now = sighting.wallTime();
        if (sighting.observation().motion().blobs().isEmpty()) {
            scene.moving = 0;
            return;
        }
        scene.movingSince = scene.moving == 0 ? now : scene.movingSince;
        if (++scene.moving >= MOTION_BEGINS) {
            tell(id, Reason.MOTION, scene.movingSince, now);
        }
    }

    private void objects(Camera camera, Scene scene, Sighting sighting, boolean named) {
        Instant now = sighting.wallTime();
        var known = new HashMap<Long, Presence>();
        for (ObjectTrack track : sighting.observation().tracks()) {
            Presence presence = scene.objects.getOrDefault(track.id(), new Presence());
            known.put(track.id(), presence);
            boolean moves = presence.hasMoved() ? !track.stationary() : track.hasMoved();
            if (moves && track.seen() != ObjectTrack.Seen.PREDICTION) {
                presence.movedAt = now;
            }
            if (presence.hasMoved()
                    && camera.vision().counts(track.label(), track.score(), named)
                    && Duration.between(presence.movedAt, now).compareTo(STANDS) < 0) {
                Instant from = sighting.wallTimeOf(track.firstSeen());
                tell(camera.id().value(), Reason.OBJECT, from, now);
            }
        }
        scene.objects.clear();
        scene.objects.putAll(known);
    }

    private void tell(String camera, Reason reason, Instant from, Instant until) {
        Instant earliest = until.minus(Trigger.LONGEST);
        Instant begin = from.isBefore(earliest) ? earliest : from;
        recording.trigger(
                camera, new Trigger(reason, begin.isAfter(until) ? until : begin, until, null));
    }

    private static AnalysisCount count(Scene scene, Rates now) {
        Rates before = scene.counted;
        scene.counted = now;
        return now.frames() < before.frames()
                ? AnalysisCount.NONE // another worker counts from the beginning
                : new AnalysisCount(
                        now.frames() - before.frames(),
                        Math.max(0, now.moved() - before.moved()),
                        Math.max(0, now.found() - before.found()));
    }

    @Override
    public void shot(Camera camera, AnalysisMessage.Shot shot) {
        // no reason to record
    }

    @Override
    public void healthChanged(Camera camera, AnalysisMessage.HealthChanged change) {
        // no reason either: what is left is kept as it is
    }

    @Override
    public void begun(Camera camera) {
        // the first picture says so
    }

    @Override
    public void interrupted(Camera camera) {
        scenes.remove(camera.id().value());
    }

    @Override
    public void removed(Camera camera, boolean withRecordings) {
        // the recorder hears of it itself
    }
}
