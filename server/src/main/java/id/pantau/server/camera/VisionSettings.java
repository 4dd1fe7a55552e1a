package id.pantau.server.camera;

import id.pantau.vision.Polygon;
import id.pantau.vision.analysis.SceneSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a camera's pictures are analysed.
///
/// @param enabled whether they are at all
/// @param objects with a detector where there is a model; false: by motion alone
/// @param sensitivity to motion, 1..100
/// @param classes labels that count; [#UNKNOWN] is what moves and has no name
/// @param leastScore of a detection to count, 0..1
/// @param scores of single classes, where another one is wanted
/// @param watched only there something counts; empty: everywhere
/// @param ignored there nothing counts
/// @param hidden made black before anything looks at the picture
public record VisionSettings(
        boolean enabled,
        boolean objects,
        Priority priority,
        int sensitivity,
        List<String> classes,
        double leastScore,
        Map<String, Double> scores,
        List<CountingLine> lines,
        List<NamedZone> zones,
        List<Polygon> watched,
        List<Polygon> ignored,
        List<Polygon> hidden) {
    public static final String UNKNOWN = "unknown";
    public static final List<String> ROAD =
            List.of("person", "bicycle", "car", "motorcycle", "bus", "truck");

    /// Cameras are not analysed until somebody wants it.
    public static final VisionSettings DEFAULT =
            new VisionSettings(
                    false,
                    true,
                    Priority.NORMAL,
                    50,
                    ROAD,
                    SceneSettings.USUAL_SCORE,
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    /// Its share of the detector where many cameras want it, and how often it looks: at every
    /// picture, twice a second, once a second.
    public enum Priority {
        HIGH(4),
        NORMAL(2),
        LOW(1);

        private final double weight;

        Priority(double weight) {
            this.weight = weight;
        }

        public double weight() {
            return weight;
        }
    }

    /// A tripwire. Who stands at its first point and looks at its second has its left and its right
    /// side.
    ///
    /// @param id unique in its camera
    public record CountingLine(String id, String name, Polygon.Point a, Polygon.Point b) {}

    /// @param id unique in its camera
    /// @param dwellS seconds after which somebody loiters; null: nobody does
    public record NamedZone(String id, String name, Polygon area, @Nullable Integer dwellS) {}

    public VisionSettings {
        classes = List.copyOf(classes);
        scores = Map.copyOf(scores);
        lines = List.copyOf(lines);
        zones = List.copyOf(zones);
        watched = List.copyOf(watched);
        ignored = List.copyOf(ignored);
        hidden = List.copyOf(hidden);
    }

    public VisionSettings enabled(boolean next) {
        return new VisionSettings(
                next,
                objects,
                priority,
                sensitivity,
                classes,
                leastScore,
                scores,
                lines,
                zones,
                watched,
                ignored,
                hidden);
    }

    /// Whether an object counts.
    ///
    /// @param named whether a detector gives names here; without one everything counts that moves
    public boolean counts(String label, double score, boolean named) {
        if (label.equals(UNKNOWN)) {
            return !named || classes.contains(UNKNOWN);
        }
        return classes.contains(label) && score >= scores.getOrDefault(label, leastScore);
    }
}
