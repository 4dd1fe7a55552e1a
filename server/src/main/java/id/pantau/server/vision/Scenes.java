package id.pantau.server.vision;

import id.pantau.server.camera.VisionSettings;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.count.Line;
import id.pantau.vision.count.Zone;
import java.time.Duration;
import java.util.HashSet;

/// A camera's settings in the words of the analysis.
final class Scenes {
    /// Steps of luma at sensitivity 50; twice as much at 1, a third at 100.
    private static final double USUAL = SceneSettings.USUAL_THRESHOLD;

    private Scenes() {}

    static SceneSettings of(VisionSettings vision) {
        var classes = new HashSet<>(vision.classes());
        classes.remove(VisionSettings.UNKNOWN);
        return new SceneSettings(
                threshold(vision.sensitivity()),
                classes,
                vision.lines().stream()
                        .map(line ->
                                new Line(
                                        line.id(),
                                        line.a().x(),
                                        line.a().y(),
                                        line.b().x(),
                                        line.b().y()))
                        .toList(),
                vision.zones().stream()
                        .map(zone ->
                                new Zone(
                                        zone.id(),
                                        zone.area(),
                                        Duration.ofSeconds(
                                                zone.dwellS() == null ? 0 : zone.dwellS())))
                        .toList(),
                vision.watched(),
                vision.ignored(),
                vision.hidden());
    }

    static double threshold(int sensitivity) {
        return sensitivity <= 50
                ? USUAL * (2 - (sensitivity - 1) / 49.0)
                : USUAL * (1 - (sensitivity - 50) / 50.0 * 2 / 3);
    }
}
