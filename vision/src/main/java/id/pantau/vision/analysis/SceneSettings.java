package id.pantau.vision.analysis;

import id.pantau.vision.Polygon;
import id.pantau.vision.count.Line;
import id.pantau.vision.count.Zone;
import id.pantau.vision.detect.CocoLabels;
import java.util.List;
import java.util.Set;

/// What is looked for in one camera's pictures, and where.
///
/// @param motionThreshold steps of luma (0..255) by which a cell must differ at least
/// @param classes labels a detector looks for
/// @param watched where something may be seen; empty: everywhere
/// @param ignored where nothing is
/// @param hidden what is made black before anything looks at the picture
public record SceneSettings(
        double motionThreshold,
        Set<String> classes,
        List<Line> lines,
        List<Zone> zones,
        List<Polygon> watched,
        List<Polygon> ignored,
        List<Polygon> hidden) {
    public static final double USUAL_THRESHOLD = 14;

    /// What a named object must have at least to count.
    public static final double USUAL_SCORE = 0.4;

    public SceneSettings {
        classes = Set.copyOf(classes);
        lines = List.copyOf(lines);
        zones = List.copyOf(zones);
        watched = List.copyOf(watched);
        ignored = List.copyOf(ignored);
        hidden = List.copyOf(hidden);
    }

    /// Everything on the road, everywhere.
    public static SceneSettings of(List<Line> lines) {
        return new SceneSettings(
                USUAL_THRESHOLD,
                CocoLabels.ROAD,
                lines,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /// Whether what is seen there counts, in fractions of the picture.
    boolean counts(double x, double y) {
        return (watched.isEmpty() || watched.stream().anyMatch(area -> area.contains(x, y)))
                && ignored.stream().noneMatch(area -> area.contains(x, y));
    }

    boolean countsEverywhere() {
        return watched.isEmpty() && ignored.isEmpty();
    }
}
