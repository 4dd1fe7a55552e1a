package id.pantau.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A frame of 1280 x 720 and an input of 640 x 384, unless said otherwise.
class LookWindowTest {
    private static final LookWindow WHOLE = LookWindow.whole(1280, 720);

    private static Box px(int left, int top, int right, int bottom) {
        return new Box(left, top, right, bottom).scaled(1 / 1280.0, 1 / 720.0);
    }

    private static LookWindow around(Box... boxes) {
        return LookWindow.around(List.of(boxes), 1280, 720, 640, 384);
    }

    private static LookWindow window(int left, int top, int width, int height) {
        return new LookWindow(left, top, width, height, 1280, 720);
    }

    @Test
    void whatIsSmallStandsInTheMiddleOfAWindowAsLargeAsTheInput() {
        assertThat(around(px(500, 300, 520, 340))).isEqualTo(window(190, 128, 640, 384));
    }

    @Test
    void aWindowEndsWhereTheFrameEnds() {
        assertThat(around(px(10, 10, 30, 50))).isEqualTo(window(0, 0, 640, 384));
        assertThat(around(px(1250, 700, 1280, 720))).isEqualTo(window(640, 336, 640, 384));
    }

    @Test
    void thingsApartGetALargerWindowOfTheSameShape() {
        // with their own size around them 200 to 920, and 280 to 400
        assertThat(around(px(220, 300, 240, 320), px(880, 360, 900, 380)))
                .isEqualTo(window(200, 124, 720, 432));
    }

    @Test
    void aWindowThatWouldShowHardlyMoreThanTheFrameIsTheFrame() {
        // 980 of 1280 pixels would do: 1.3 times larger, and a little more would not
        assertThat(around(px(100, 300, 120, 320), px(1020, 300, 1040, 320)).widthPx())
                .isEqualTo(980);
        assertThat(around(px(100, 300, 120, 320), px(1030, 300, 1050, 320))).isEqualTo(WHOLE);
        assertThat(around(px(10, 10, 30, 50), px(1200, 600, 1220, 640))).isEqualTo(WHOLE);
        assertThat(around()).isEqualTo(WHOLE);
    }

    @Test
    void aFrameNoLargerThanTheInputIsLookedAtWhole() {
        Box small = Box.ofCentre(0.5, 0.5, 0.01, 0.02);
        assertThat(LookWindow.around(List.of(small), 640, 360, 640, 384))
                .isEqualTo(LookWindow.whole(640, 360));
        // 416 of 640 across, and all of 360 down: 1.54 times larger
        assertThat(LookWindow.around(List.of(small), 640, 360, 416, 416))
                .isEqualTo(new LookWindow(112, 0, 416, 360, 640, 360));
    }

    @Test
    void theLastColumnOfAnOddFrameIsNotLeftOut() {
        Box last = new Box(0.98, 0.4, 1, 0.5);
        LookWindow window = LookWindow.around(List.of(last), 1279, 720, 640, 384);
        assertThat(window.leftPx()).isEqualTo(638);
        assertThat(window.widthPx()).isEqualTo(641);
        assertThat(window.box().right()).isEqualTo(1);
    }

    @Test
    void whatIsNoPartOfTheFrameIsRefused() {
        assertThatThrownBy(() -> window(641, 0, 640, 384))
                .hasMessageContaining("1280 x 720")
                .hasMessageContaining("640 x 384 from 641, 0");
        assertThatThrownBy(() -> window(642, 0, 640, 384))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
