package id.pantau.vision.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Frame;
import id.pantau.vision.Polygon;
import id.pantau.vision.detect.CocoLabels;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.TrackerSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Where something counts and where not.
class SceneAnalysisTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final Polygon LEFT_HALF = half(0);
    private static final Polygon RIGHT_HALF = half(0.5);

    private static Polygon half(double left) {
        return new Polygon(
                List.of(
                        new Polygon.Point(left, 0),
                        new Polygon.Point(left + 0.5, 0),
                        new Polygon.Point(left + 0.5, 1),
                        new Polygon.Point(left, 1)));
    }

    private static SceneAnalysis scene(
            List<Polygon> watched, List<Polygon> ignored, List<Polygon> hidden) {
        var settings =
                new SceneSettings(
                        SceneSettings.USUAL_THRESHOLD,
                        CocoLabels.ROAD,
                        List.of(),
                        List.of(),
                        watched,
                        ignored,
                        hidden);
        return new SceneAnalysis(
                settings, TrackerSettings.DEFAULT, new AtomicLong()::incrementAndGet);
    }

    /// A grey picture with a white square of 40 pixels.
    private static Frame square(int left) {
        var frame = new Frame(WIDTH, HEIGHT, false);
        Arrays.fill(frame.luma(), (byte) 100);
        Arrays.fill(frame.blue(), (byte) 90);
        Arrays.fill(frame.red(), (byte) 90);
        for (int row = 60; row < 100; row++) {
            Arrays.fill(frame.luma(), row * WIDTH + left, row * WIDTH + left + 40, (byte) 220);
        }
        return frame;
    }

    private static Motion moved(SceneAnalysis scene, int from, int to) {
        scene.move(square(from), Duration.ZERO);
        return scene.move(square(to), Duration.ofMillis(200));
    }

    @Test
    void whatMovesInAnIgnoredPartIsNothing() {
        assertThat(moved(scene(List.of(), List.of(), List.of()), 40, 60).blobs()).isNotEmpty();
        assertThat(moved(scene(List.of(), List.of(LEFT_HALF), List.of()), 40, 60).blobs())
                .isEmpty();
        assertThat(moved(scene(List.of(), List.of(LEFT_HALF), List.of()), 200, 220).blobs())
                .isNotEmpty();
    }

    @Test
    void outsideTheWatchedPartsNothingMoves() {
        assertThat(moved(scene(List.of(RIGHT_HALF), List.of(), List.of()), 40, 60).blobs())
                .isEmpty();
        assertThat(moved(scene(List.of(RIGHT_HALF), List.of(), List.of()), 200, 220).blobs())
                .isNotEmpty();
    }

    @Test
    void aHiddenPartIsBlackForWhoeverLooksLater() {
        Frame frame = square(40);
        Frame before = frame.copy();
        SceneAnalysis scene = scene(List.of(), List.of(), List.of(LEFT_HALF));

        assertThat(moved(scene, 40, 60).blobs()).isEmpty();
        scene.move(frame, Duration.ofSeconds(1));

        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                int at = row * WIDTH + column;
                assertThat(frame.luma()[at])
                        .isEqualTo(column < WIDTH / 2 ? (byte) 16 : before.luma()[at]);
            }
        }
        assertThat(frame.blue()[10]).isEqualTo((byte) 128);
        assertThat(frame.blue()[WIDTH / 2 - 1]).isEqualTo((byte) 90);
    }
}
