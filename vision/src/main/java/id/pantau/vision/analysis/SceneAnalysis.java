package id.pantau.vision.analysis;

import id.pantau.vision.Detection;
import id.pantau.vision.Frame;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import id.pantau.vision.count.LineCounter;
import id.pantau.vision.detect.CocoLabels;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.motion.MotionDetector;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.track.Tracker;
import id.pantau.vision.track.TrackerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One camera's analysis, frame by frame. Confined to the thread of its detector; does not close
/// it.
public final class SceneAnalysis {
    /// Steps of luma.
    private static final double MOTION_THRESHOLD = 14;

    private final MotionDetector motion = new MotionDetector(MOTION_THRESHOLD);
    private final @Nullable Detector detector;
    private final TrackerSettings settings;
    private final Tracker tracker;
    private final List<LineCounter> counters;
    private List<ObjectTrack> tracks = List.of();

    /// @param detector null: motion alone, objects have no names
    /// @param ids numbers of tracks
    public SceneAnalysis(
            @Nullable Detector detector,
            TrackerSettings settings,
            List<Line> lines,
            LongSupplier ids) {
        this.detector = detector;
        this.settings = settings;
        this.tracker = new Tracker(settings, ids);
        this.counters = lines.stream().map(LineCounter::new).toList();
    }

    /// @param at media time; not before the frame before
    public Observation look(Frame frame, Duration at) throws ModelException {
        Motion moved = motion.look(frame, at);
        List<Detection> detections = isWorthLooking(moved) ? detect(frame) : null;
        tracks = tracker.update(at, detections, moved.blobs());
        var crossings = new ArrayList<Crossing>();
        counters.forEach(counter -> crossings.addAll(counter.look(at, tracks)));
        return new Observation(
                at,
                moved,
                detections != null,
                detections == null ? List.of() : detections,
                tracks,
                crossings);
    }

    private boolean isWorthLooking(Motion moved) {
        return !moved.blobs().isEmpty()
                || moved.unsettled()
                || tracks.stream().anyMatch(track -> !track.stationary());
    }

    private @Nullable List<Detection> detect(Frame frame) throws ModelException {
        return detector == null ? null : detector.detect(frame, CocoLabels.ROAD, settings.low());
    }
}
