package id.pantau.bench;

import id.pantau.bench.Spans.Span;
import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.analysis.Interest;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.detect.CocoLabels;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.track.ObjectTrack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What selective recording would keep of a clip, beside who was there by hand: the rules of the
/// recorder's triggers ([Interest]) and of the default settings, as many pictures a second as a
/// live camera has. Files begin and end at key frames, so that the recorder keeps rather more.
final class Selective {
    private static final double LIVE_FPS = 10;

    /// As cameras have them unless told otherwise.
    private static final double PRE_ROLL_S = 5;

    private static final double POST_ROLL_S = 10;

    /// Seen from so steeply above that the detector has no class for a car: `object` mode records
    /// such a scene when objects without a class count, too.
    private static final Set<String> STEEP = Set.of("topdown-highway-cars.avi");

    private static final class Kept {
        final List<Span> spans = new ArrayList<>();

        void add(Interest.Stretch stretch) {
            spans.add(new Span(seconds(stretch.from()), seconds(stretch.until())));
        }
    }

    private final Kept motion = new Kept();
    private final Kept object = new Kept();
    private final Kept unknown = new Kept();
    private final boolean named;
    private final Interest usual = new Interest();
    private final Interest withUnknown = new Interest();

    private Selective(boolean named) {
        this.named = named;
    }

    /// @param detector null: everything counts that moves, as without a model
    static void measure(Report report, Path file, HandCount truth, @Nullable Detector detector)
            throws Exception {
        var modes = new Selective(detector != null);
        try (FileAnalysis analysis = FileAnalysis.open(file, detector, List.of(), LIVE_FPS)) {
            for (FileAnalysis.Step step; (step = analysis.next()) != null; ) {
                modes.look(step.observation());
            }
        }
        String name = String.valueOf(file.getFileName());
        report.figure(name + ": length", truth.lengthS(), "s");
        report.figure(name + ": somebody there", truth.presence().seconds(), "s");
        boolean steep = STEEP.contains(name);
        modes.tell(report, name + ", motion", truth, modes.motion, true);
        modes.tell(report, name + ", object", truth, modes.object, !steep);
        if (steep) {
            modes.tell(report, name + ", object or unknown", truth, modes.unknown, true);
        }
    }

    private void look(Observation seen) {
        for (Interest.Stretch one : usual.look(seen, this::counts)) {
            motion.add(one); // what is recognised is kept in both modes
            if (one.kind() == Interest.Kind.OBJECT) {
                object.add(one);
            }
        }
        Interest.Choice choice = (label, score) -> isUnknown(label) || counts(label, score);
        for (Interest.Stretch one : withUnknown.look(seen, choice)) {
            if (one.kind() == Interest.Kind.OBJECT) {
                unknown.add(one);
            }
        }
    }

    private boolean counts(String label, double score) {
        return isUnknown(label)
                ? !named
                : CocoLabels.ROAD.contains(label) && score >= SceneSettings.USUAL_SCORE;
    }

    private static boolean isUnknown(String label) {
        return label.equals(ObjectTrack.UNKNOWN);
    }

    private void tell(Report report, String what, HandCount truth, Kept mode, boolean bound) {
        double length = truth.lengthS();
        Spans kept = Spans.of(mode.spans).widened(PRE_ROLL_S, POST_ROLL_S, length);
        Spans presence = truth.presence();
        Spans wanted = presence.widened(PRE_ROLL_S, POST_ROLL_S, length);
        report.figure(what + ": kept", kept.seconds(), "s");
        if (bound) {
            report.atMost(what + ": missed", presence.outside(kept), "s", 0);
            report.atMost(what + ": missed with pre- and post-roll", wanted.outside(kept), "s", 0);
        } else {
            report.figure(what + ": missed", presence.outside(kept), "s");
            report.figure(what + ": missed with pre- and post-roll", wanted.outside(kept), "s");
        }
        long strangers = kept.strangers(presence);
        if (truth.isEmpty() && mode == object) {
            report.atMost(what + ": kept for nobody", strangers, "spans", 0);
        } else {
            report.figure(what + ": kept for nobody", strangers, "spans");
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
