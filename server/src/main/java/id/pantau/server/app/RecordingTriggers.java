package id.pantau.server.app;

import id.pantau.server.camera.Camera;
import id.pantau.server.recording.AnalysisCount;
import id.pantau.server.recording.Reason;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.Trigger;
import id.pantau.server.vision.AnalysisListener;
import id.pantau.vision.analysis.Interest;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.worker.Sighting;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Has the recorder keep what is seen: tells it of motion and of objects that count, and how far
/// the analysis is.
@Component
class RecordingTriggers implements AnalysisListener {
    private static final class Scene {
        final Interest interest = new Interest();
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
        Interest.Choice choice = (label, score) -> camera.vision().counts(label, score, named);
        for (Interest.Stretch one : scene.interest.look(sighting.observation(), choice)) {
            tell(id, reason(one.kind()), sighting.wallTimeOf(one.from()), sighting.wallTime());
        }
        recording.analysed(id, sighting.wallTime(), count(scene, sighting.rates()));
    }

    private static Reason reason(Interest.Kind kind) {
        return switch (kind) {
            case MOTION -> Reason.MOTION;
            case OBJECT -> Reason.OBJECT;
        };
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
    public void interrupted(Camera camera) {
        scenes.remove(camera.id().value());
    }
}
