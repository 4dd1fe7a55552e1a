package id.pantau.vision.motion;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ten frames a second of 320x180: a striped road with a noise of its own each time, and bright
/// boxes on it.
class MotionDetectorTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private final MotionDetector detector = new MotionDetector(14);
    private final Random noise = new Random(11);
    private int frame;
    private int light;
    private int shakePx;

    private Motion look(Box... objects) {
        var picture = new Frame(WIDTH, HEIGHT, false);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int stripe = (x + shakePx) / 16;
                int road = 40 + stripe * stripe * 7919 % 149;
                picture.luma()[y * WIDTH + x] = (byte) (road + light + noise.nextInt(-4, 5));
            }
        }
        for (Box box : objects) {
            for (int y = (int) (box.top() * HEIGHT); y < box.bottom() * HEIGHT; y++) {
                for (int x = (int) (box.left() * WIDTH); x < box.right() * WIDTH; x++) {
                    picture.luma()[y * WIDTH + x] = (byte) (200 + light);
                }
            }
        }
        return detector.look(picture, Duration.ofMillis(100L * frame++));
    }

    private static Box car(double x) {
        return Box.ofCentre(x, 0.5, 0.1, 0.15);
    }

    private void empty(int frames) {
        for (int i = 0; i < frames; i++) {
            look();
        }
    }

    @Test
    void anEmptyRoadIsStill() {
        for (int i = 0; i < 50; i++) {
            assertThat(look().blobs()).isEmpty();
        }
    }

    @Test
    void whatMovesIsOneBlobWhereItIs() {
        empty(30);
        for (int i = 0; i < 15; i++) {
            Box car = car(0.2 + 0.04 * i);
            List<Blob> blobs = look(car).blobs();
            assertThat(blobs).hasSize(1);
            assertThat(blobs.getFirst().box().iou(car)).isGreaterThan(0.7);
        }
        assertThat(look().blobs()).isEmpty();
    }

    @Test
    void aCloudOverEverythingIsNoMotion() {
        empty(30);
        light = -25;
        assertThat(look().blobs()).isEmpty();
        empty(20);
        assertThat(look(car(0.5)).blobs()).hasSize(1);
    }

    @Test
    void whenTheWholePictureIsAnotherNothingIsSaidOfObjects() {
        empty(30);
        shakePx = 16; // the camera was turned: every stripe is where another was
        Motion turned = look();
        assertThat(turned.unsettled()).isTrue();
        assertThat(turned.blobs()).isEmpty();
        assertThat(look().blobs()).isEmpty();
    }

    @Test
    void aPoleThatTremblesIsNoMotion() {
        empty(30);
        for (int i = 0; i < 20; i++) {
            shakePx = i % 2;
            assertThat(look().blobs()).isEmpty();
        }
    }

    @Test
    void whatParksBecomesTheSceneAndLeavesNoHoleBehind() {
        empty(30);
        for (int i = 0; i < 300; i++) {
            look(car(0.5));
        }
        assertThat(look(car(0.5)).blobs()).isEmpty();
        for (int i = 1; i <= 10; i++) {
            List<Blob> blobs = look(car(0.5 + 0.04 * i)).blobs();
            assertThat(blobs).hasSizeLessThanOrEqualTo(i < 3 ? 2 : 1); // its edges, as it leaves
        }
        assertThat(look().blobs()).isEmpty();
    }

    @Test
    void whatStoodThereAtTheBeginningLeavesItsPlaceWithinTwoSeconds() {
        for (int i = 0; i < 5; i++) {
            look(car(0.3));
        }
        empty(20);
        assertThat(look().blobs()).isEmpty();
    }

    @Test
    void anotherSizeOfPictureIsAnotherScene() {
        empty(5);
        Motion first = detector.look(new Frame(160, 120, false), Duration.ofSeconds(9));
        assertThat(first.blobs()).isEmpty();
        assertThat(first.rows()).isEqualTo(120);
    }
}
