package id.pantau.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The lower right quarter was looked at: an edge is as thick as 0.005 of the frame.
class LookTest {
    private static final Box AREA = new Box(0.5, 0.5, 1, 1);

    private static List<Detection> seen(Box... boxes) {
        return Arrays.stream(boxes).map(box -> new Detection(box, "car", 0.8)).toList();
    }

    @Test
    void whatTheEdgeCutsIsNoDetection() {
        List<Detection> whole = seen(new Box(0.506, 0.6, 0.6, 0.7));
        List<Detection> cut =
                seen(new Box(0.504, 0.6, 0.6, 0.7), new Box(0.6, 0.48, 0.7, 0.6)); // top
        assertThat(Look.at(AREA, whole).detections()).isEqualTo(whole);
        assertThat(Look.at(AREA, cut).detections()).isEmpty();
    }

    @Test
    void whereTheFrameEndsNothingIsCut() {
        List<Detection> corner = seen(new Box(0.9, 0.9, 1, 1));
        assertThat(Look.at(AREA, corner).detections()).isEqualTo(corner);
        List<Detection> all = seen(new Box(0, 0, 1, 1), new Box(0, 0.4, 0.1, 0.5));
        assertThat(Look.whole(all).detections()).isEqualTo(all);
        assertThat(Look.at(new Box(0, 0, 1, 1), all).detections()).isEqualTo(all);
    }

    @Test
    void whatLiesElsewhereOrHalfInsideWasNotLookedAt() {
        var look = new Look(AREA, List.of());
        assertThat(look.shows(new Box(0.6, 0.6, 0.7, 0.7))).isTrue();
        assertThat(look.shows(new Box(0.98, 0.6, 1.1, 0.7))).as("on its way out").isTrue();
        assertThat(look.shows(new Box(0.1, 0.6, 0.2, 0.7))).isFalse();
        assertThat(look.shows(new Box(0.6, 0.4, 0.7, 0.6))).isFalse();
    }
}
