package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.event.EventRepository;
import id.pantau.server.event.LineCount;
import id.pantau.server.settings.SiteSettingsStore;
import id.pantau.server.vision.AnalysisState;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.worker.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The texts of [ObjectSockets].
@Component
class ObjectTexts {
    /// Of one picture.
    private static final int MOST_BOXES = 500;

    record SceneText(
            String type,
            List<String> classes,
            List<VisionViews.LineView> lines,
            List<VisionViews.ZoneView> zones,
            List<double[][]> hidden,
            VisionViews.VisionStateView state,
            Map<String, EventViews.LineCountsView> counts,
            Instant countsSince) {}

    record TrackText(long id, String label, double score, double[] box, boolean stationary) {}

    record SeenText(
            String type, Instant at, double motion, List<double[]> blobs, List<TrackText> tracks) {}

    record CrossingText(
            String type, String line, String direction, String label, long track, Instant at) {}

    record StateText(String type, VisionViews.VisionStateView state) {}

    private final EventRepository events;
    private final SiteSettingsStore settings;
    private final Clock clock;

    ObjectTexts(EventRepository events, SiteSettingsStore settings, Clock clock) {
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /// What is looked for, and what was counted on this day so far.
    SceneText scene(Camera camera, AnalysisState state) {
        Instant since = beginOfDay();
        Map<String, List<LineCount>> byLine =
                events
                        .counts(
                                camera.id().value(),
                                since,
                                clock.instant().plus(Duration.ofDays(1)))
                        .stream()
                        .collect(Collectors.groupingBy(LineCount::line));
        var counts = new LinkedHashMap<String, EventViews.LineCountsView>();
        camera.vision()
                .lines()
                .forEach(line ->
                        counts.put(
                                line.id(),
                                EventViews.counts(byLine.getOrDefault(line.id(), List.of()))));
        return new SceneText(
                "scene",
                camera.vision().classes(),
                VisionViews.lines(camera.vision()),
                VisionViews.zones(camera.vision()),
                VisionViews.polygons(camera.vision().hidden()),
                VisionViews.of(state),
                counts,
                since);
    }

    private Instant beginOfDay() {
        ZoneId zone = settings.current().zone();
        return clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    SeenText seen(Sighting sighting) {
        var observation = sighting.observation();
        return new SeenText(
                "seen",
                sighting.wallTime(),
                VisionViews.digits(observation.motion().score()),
                observation.motion().blobs().stream()
                        .limit(MOST_BOXES)
                        .map(Blob::box)
                        .map(VisionViews::box)
                        .toList(),
                observation.tracks().stream().limit(MOST_BOXES).map(ObjectTexts::track).toList());
    }

    private static TrackText track(ObjectTrack track) {
        return new TrackText(
                track.id(),
                track.label(),
                VisionViews.digits(track.score()),
                VisionViews.box(track.box()),
                track.stationary());
    }

    CrossingText crossing(
            String line, Crossing.Direction direction, String label, long track, Instant at) {
        return new CrossingText("crossing", line, CameraViews.word(direction), label, track, at);
    }

    StateText state(AnalysisState state) {
        return new StateText("state", VisionViews.of(state));
    }
}
