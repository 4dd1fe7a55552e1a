package id.pantau.vision.analysis;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.LineCounter;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.count.ZoneWatch;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.motion.MotionDetector;
import id.pantau.vision.track.Look;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.track.Tracker;
import id.pantau.vision.track.TrackerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One camera's analysis, frame by frame: what has moved ([#move]), what a detector sees there
/// ([#detect]), and what that makes of the objects known so far ([#advance]). The first may be a
/// few frames ahead of the other two, on a thread of its own; each is called by one thread at a
/// time, in the order of the frames. [#look] does all three.
public final class SceneAnalysis {
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final SceneSettings settings;
    private final TrackerSettings tracking;
    private final Hiding hiding;
    private final MotionDetector motion;
    private final Focus focus = new Focus();
    private final Tracker tracker;
    private final List<LineCounter> lines;
    private final List<ZoneWatch> zones;
    private volatile List<ObjectTrack> tracks = List.of();
    private volatile List<Box> tentative = List.of();

    /// @param ids numbers of tracks
    public SceneAnalysis(SceneSettings settings, TrackerSettings tracking, LongSupplier ids) {
        this.settings = settings;
        this.tracking = tracking;
        this.hiding = new Hiding(settings.hidden());
        this.motion =
                settings.countsEverywhere()
                        ? new MotionDetector(settings.motionThreshold())
                        : new MotionDetector(settings.motionThreshold(), settings::counts);
        this.tracker = new Tracker(tracking, ids);
        this.lines = settings.lines().stream().map(LineCounter::new).toList();
        this.zones = settings.zones().stream().map(ZoneWatch::new).toList();
    }

    /// All of it, on the thread of the detector.
    ///
    /// @param detector null: motion alone
    /// @param at media time; not before the frame before
    public Observation look(@Nullable Detector detector, Frame frame, Duration at)
            throws ModelException {
        Motion moved = move(frame, at);
        return detector == null || !isWorthLooking(moved)
                ? advance(at, moved, null)
                : advance(at, moved, detect(detector, frame, moved));
    }

    /// Makes black what is to be hidden, and finds what moves in the rest.
    public Motion move(Frame frame, Duration at) {
        hiding.apply(frame);
        return motion.look(frame, at);
    }

    /// Whether a detector would find something new, as far as is known now.
    public boolean isWorthLooking(Motion moved) {
        return !moved.blobs().isEmpty()
                || moved.unsettled()
                || tracks.stream().anyMatch(track -> !track.stationary());
    }

    /// Whether there is something that a detector has not given a name to and that has only just
    /// come: then the next look may not wait.
    public boolean hasNews(Duration at) {
        return tracks.stream()
                .anyMatch(track ->
                        track.label().equals(ObjectTrack.UNKNOWN)
                                && at.minus(track.firstSeen()).compareTo(NEWS) < 0);
    }

    /// Looks at the whole frame, or at the part in which everything that moves is small.
    ///
    /// @param frame after [#move]
    /// @param moved in it
    public Look detect(Detector detector, Frame frame, Motion moved) throws ModelException {
        LookWindow part = focus.next(frame, detector.descriptor(), moved, tracks, tentative);
        List<Detection> all = detector.detect(frame, part, settings.classes(), tracking.low());
        return Look.at(
                part.box(),
                settings.countsEverywhere()
                        ? all
                        : all.stream().filter(one -> counts(one.box())).toList());
    }

    private boolean counts(Box box) {
        return settings.counts(box.centreX(), box.centreY());
    }

    /// @param look null when no detector looked at this frame
    public Observation advance(Duration at, Motion moved, @Nullable Look look) {
        List<ObjectTrack> seen = tracker.update(at, look, moved.blobs());
        tracks = seen;
        tentative = tracker.tentative();
        var crossings = new ArrayList<Crossing>();
        lines.forEach(line -> crossings.addAll(line.look(at, seen)));
        var changes = new ArrayList<ZoneChange>();
        zones.forEach(zone -> changes.addAll(zone.look(at, seen)));
        return new Observation(
                at,
                moved,
                look != null,
                look == null ? List.of() : look.detections(),
                seen,
                crossings,
                changes);
    }
}
