package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.VisionSettings;
import id.pantau.server.vision.AnalysisState;
import id.pantau.vision.Box;
import id.pantau.vision.Polygon;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings and the state of an analysis as the HTTP contract shows them. Points are `[x, y]`,
/// boxes `[left, top, right, bottom]`, in fractions of the picture.
final class VisionViews {
    record LineView(String id, String name, double[] a, double[] b) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ZoneView(String id, String name, double[][] points, @Nullable Integer dwellS) {}

    record VisionView(
            boolean enabled,
            boolean objects,
            @Word(VisionSettings.Priority.class) String priority,
            int sensitivity,
            List<String> classes,
            double leastScore,
            Map<String, Double> scores,
            List<LineView> lines,
            List<ZoneView> zones,
            List<double[][]> watched,
            List<double[][]> ignored,
            List<double[][]> hidden) {}

    /// @param worker that analyses it on another machine; absent: the server's own
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VisionStateView(
            @Word(AnalysisState.Phase.class) String phase,
            Instant since,
            @Nullable String detail,
            @Nullable String stream,
            boolean keyFramesOnly,
            @Nullable String model,
            @Nullable String worker,
            double fps,
            double lookedFps,
            double passedOverFps) {}

    private VisionViews() {}

    static VisionView of(VisionSettings settings) {
        return new VisionView(
                settings.enabled(),
                settings.objects(),
                CameraViews.word(settings.priority()),
                settings.sensitivity(),
                settings.classes(),
                settings.leastScore(),
                settings.scores(),
                lines(settings),
                zones(settings),
                polygons(settings.watched()),
                polygons(settings.ignored()),
                polygons(settings.hidden()));
    }

    static VisionStateView of(AnalysisState state) {
        return new VisionStateView(
                CameraViews.word(state.phase()),
                state.since(),
                state.detail(),
                state.stream() == null ? null : state.stream().text(),
                state.keyFramesOnly(),
                state.model(),
                state.worker(),
                tenths(state.fps()),
                tenths(state.lookedFps()),
                tenths(state.passedOverFps()));
    }

    static List<LineView> lines(VisionSettings settings) {
        return settings.lines().stream()
                .map(line -> new LineView(line.id(), line.name(), point(line.a()), point(line.b())))
                .toList();
    }

    static List<ZoneView> zones(VisionSettings settings) {
        return settings.zones().stream()
                .map(zone ->
                        new ZoneView(zone.id(), zone.name(), polygon(zone.area()), zone.dwellS()))
                .toList();
    }

    static List<double[][]> polygons(List<Polygon> polygons) {
        return polygons.stream().map(VisionViews::polygon).toList();
    }

    /// With four digits: a ten-thousandth of a picture is less than a pixel.
    static double[] box(Box box) {
        return new double[] {
            digits(box.left()), digits(box.top()), digits(box.right()), digits(box.bottom())
        };
    }

    private static double[][] polygon(Polygon polygon) {
        return polygon.points().stream().map(VisionViews::point).toArray(double[][]::new);
    }

    private static double[] point(Polygon.Point point) {
        return new double[] {point.x(), point.y()};
    }

    static double digits(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
