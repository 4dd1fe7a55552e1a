package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
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

    @ParameterizedTest
    @EnumSource
    void aPartIsFilledInAsItsCopyWouldBe(Letterbox.Fit fit) {
        Frame frame = noise(200, 120);
        Frame part = part(frame, 60, 20, 90, 50);
        var ofPart = new Letterbox(64, 64, Normalization.PLAIN, fit);
        var ofCopy = new Letterbox(64, 64, Normalization.PLAIN, fit);
        FloatBuffer copied = FloatBuffer.allocate(3 * PLANE);

        ofPart.fill(noise(64, 64), input); // leaves something everywhere
        ofPart.fill(frame, new LookWindow(60, 20, 90, 50, 200, 120), input);
        ofCopy.fill(part, copied);

        assertThat(input).isEqualTo(copied);
        Box inPart = ofCopy.toFrame(new Box(20, 24, 40, 34));
        Box inFrame = ofPart.toFrame(new Box(20, 24, 40, 34));
        assertThat(inFrame.left()).isEqualTo((60 + inPart.left() * 90) / 200, within(1e-9));
        assertThat(inFrame.bottom()).isEqualTo((20 + inPart.bottom() * 50) / 120, within(1e-9));
    }

    @Test
    void aWindowThatMovesOnShowsWhatIsThere() {
        Frame frame = noise(200, 120);
        var letterbox = new Letterbox(64, 64, Normalization.PLAIN, Letterbox.Fit.TOP_LEFT);
        letterbox.fill(frame, new LookWindow(60, 20, 90, 50, 200, 120), input);
        letterbox.fill(frame, new LookWindow(110, 70, 90, 50, 200, 120), input);
        FloatBuffer copied = FloatBuffer.allocate(3 * PLANE);
        new Letterbox(64, 64, Normalization.PLAIN, Letterbox.Fit.TOP_LEFT)
                .fill(part(frame, 110, 70, 90, 50), copied);
        assertThat(input).isEqualTo(copied);
    }

    private static Frame noise(int width, int height) {
        var frame = new Frame(width, height, false);
        var random = new Random(7);
        random.nextBytes(frame.luma());
        random.nextBytes(frame.blue());
        random.nextBytes(frame.red());
        return frame;
    }

    /// A copy; all numbers are even.
    private static Frame part(Frame frame, int left, int top, int width, int height) {
        var part = new Frame(width, height, false);
        for (int y = 0; y < height; y++) {
            int from = (top + y) * frame.widthPx() + left;
            System.arraycopy(frame.luma(), from, part.luma(), y * width, width);
        }
        for (int y = 0; y < height / 2; y++) {
            int from = (top / 2 + y) * frame.chromaWidthPx() + left / 2;
            System.arraycopy(frame.blue(), from, part.blue(), y * width / 2, width / 2);
            System.arraycopy(frame.red(), from, part.red(), y * width / 2, width / 2);
        }
        return part;
    }
}
