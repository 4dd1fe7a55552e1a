package id.pantau.vision.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import id.pantau.vision.detect.Letterbox;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelFamily;
import id.pantau.vision.detect.Normalization;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A frame of 1280 x 720, of which the whole comes at half its size into an input of 640 x 384.
class FocusTest {
    private static final Frame FRAME = new Frame(1280, 720, false);
    private static final LookWindow WHOLE = LookWindow.whole(FRAME);
    private static final LookWindow PART = new LookWindow(190, 128, 640, 384, 1280, 720);
    private static final ModelDescriptor MODEL =
            new ModelDescriptor(
                    "wide",
                    ModelFamily.YOLOX,
                    640,
                    384,
                    Normalization.PLAIN,
                    Letterbox.Fit.TOP_LEFT,
                    List.of("car"));
    private static final Box SMALL = px(500, 300, 520, 340);

    private final Focus focus = new Focus();

    private static Box px(int left, int top, int right, int bottom) {
        return new Box(left, top, right, bottom).scaled(1 / 1280.0, 1 / 720.0);
    }

    private static Motion motion(boolean unsettled, Box... boxes) {
        List<Blob> blobs = Arrays.stream(boxes).map(box -> new Blob(box, 20, 30)).toList();
        return new Motion(0.01, blobs, new BitSet(), 160, 90, unsettled);
    }

    private static ObjectTrack track(String label, Box box, boolean stands) {
        return new ObjectTrack(
                1, box, label, 0.8, ObjectTrack.Seen.DETECTION, Duration.ZERO, box, stands, true);
    }

    private LookWindow next(Motion motion, ObjectTrack... tracks) {
        return focus.next(FRAME, MODEL, motion, List.of(tracks), List.of());
    }

    @Test
    void theFirstLookAndEveryFourthGoToTheWholePicture() {
        var looks = new ArrayList<LookWindow>();
        for (int i = 0; i < 9; i++) {
            looks.add(next(motion(false, SMALL)));
        }
        assertThat(looks).containsExactly(WHOLE, PART, PART, PART, WHOLE, PART, PART, PART, WHOLE);
    }

    @Test
    void whatIsLargeEnoughForTheModelIsSeenInTheWholePicture() {
        next(motion(false));
        assertThat(next(motion(false, px(500, 300, 564, 366)))).as("32 x 33").isEqualTo(WHOLE);
        assertThat(next(motion(false, px(500, 300, 564, 362)))).isNotEqualTo(WHOLE);
    }

    @Test
    void whatMovesOrIsUnknownElsewhereCallsForTheWholePicture() {
        Box near = px(100, 300, 120, 340);
        Box far = px(1200, 650, 1230, 690);
        var part = new LookWindow(0, 128, 640, 384, 1280, 720);
        next(motion(false));
        assertThat(next(motion(false, near, far))).isEqualTo(WHOLE);
        assertThat(next(motion(false, near), track("car", far, false))).isEqualTo(WHOLE);
        assertThat(next(motion(false, near), track(ObjectTrack.UNKNOWN, far, true)))
                .isEqualTo(WHOLE);
        assertThat(focus.next(FRAME, MODEL, motion(false, near), List.of(), List.of(far)))
                .as("not believed yet")
                .isEqualTo(WHOLE);
        assertThat(next(motion(false, near), track("car", far, true))).isEqualTo(part);
    }

    @Test
    void whenTheWholePictureHasChangedAllOfItIsLookedAt() {
        next(motion(false));
        assertThat(next(motion(true, SMALL))).isEqualTo(WHOLE);
        assertThat(next(motion(false))).isEqualTo(WHOLE);
        assertThat(next(motion(false), track("car", SMALL, false))).isEqualTo(PART);
    }
}
