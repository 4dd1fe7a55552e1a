package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterboxTest {
    private static final int PLANE = 64 * 64;

    private final FloatBuffer input = FloatBuffer.allocate(3 * PLANE);

    private static Frame red(int width, int height) {
        var frame = new Frame(width, height, false);
        Arrays.fill(frame.luma(), (byte) 81); // pure red by ITU-R BT.601
        Arrays.fill(frame.blue(), (byte) 90);
        Arrays.fill(frame.red(), (byte) 240);
        return frame;
    }

    @Test
    void channelsStandInTheModelsOrderAndTheRestIsGrey() {
        var plain = new Letterbox(64, 64, Normalization.PLAIN, Letterbox.Fit.TOP_LEFT);
        plain.fill(red(128, 64), input);
        assertThat(input.get(0)).isEqualTo(0, within(2f));
        assertThat(input.get(PLANE)).isEqualTo(0, within(2f));
        assertThat(input.get(2 * PLANE)).isEqualTo(254, within(2f));
        assertThat(input.get(32 * 64)).as("below the picture").isEqualTo(114);

        var unit = new Letterbox(64, 64, Normalization.UNIT, Letterbox.Fit.STRETCH);
        unit.fill(red(128, 64), input);
        assertThat(input.get(0)).isEqualTo(1, within(0.01f));
        assertThat(input.get(63 * 64)).isEqualTo(1, within(0.01f));
    }

    @ParameterizedTest
    @EnumSource
    void boxesComeBackToTheFrameWhereverThePictureLay(Letterbox.Fit fit) {
        var letterbox = new Letterbox(64, 64, Normalization.PLAIN, fit);
        letterbox.fill(red(128, 64), input);
        Box lowerRight =
                switch (fit) {
                    case TOP_LEFT -> new Box(32, 16, 64, 32);
                    case CENTRE -> new Box(32, 32, 64, 48);
                    case STRETCH -> new Box(32, 32, 64, 64);
                };
        Box inFrame = letterbox.toFrame(lowerRight);
        assertThat(inFrame.iou(new Box(0.5, 0.5, 1, 1))).isGreaterThan(0.999);
    }

    @Test
    void aPictureIsScaledWithoutAShift() {
        var frame = new Frame(128, 128, false);
        for (int y = 0; y < 128; y++) {
            Arrays.fill(frame.luma(), y * 128, y * 128 + 64, (byte) 16);
            Arrays.fill(frame.luma(), y * 128 + 64, y * 128 + 128, (byte) 235);
        }
        Arrays.fill(frame.blue(), (byte) 128);
        Arrays.fill(frame.red(), (byte) 128);
        new Letterbox(32, 32, Normalization.PLAIN, Letterbox.Fit.TOP_LEFT).fill(frame, input);
        assertThat(input.get(15)).isLessThan(5);
        assertThat(input.get(16)).isGreaterThan(250);
    }
}
