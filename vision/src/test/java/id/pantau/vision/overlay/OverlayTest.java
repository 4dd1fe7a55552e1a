package id.pantau.vision.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import id.pantau.vision.decode.VideoFile;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
    private static final Line LINE = new Line("A", 0.5, 0, 0.5, 1);
    private static final VideoFile.FrameRate RATE = new VideoFile.FrameRate(25, 1);
    @TempDir Path folder;

    private static Observation seen(ObjectTrack.Seen how, Crossing... crossings) {
        var box = new Box(0.25, 0.5, 0.5, 0.75);
        var track = new ObjectTrack(7, box, "car", 0.83, how, Duration.ZERO, box, false, true);
        var motion = new Motion(0, List.of(), new BitSet(), 1, 1, false);
        return new Observation(
                Duration.ZERO,
                motion,
                true,
                List.of(),
                List.of(track),
                List.of(crossings),
                List.of());
    }

    private static Frame drawn(Overlay overlay) {
        var frame = new Frame(160, 120, false);
        overlay.draw(frame);
        return frame;
    }

    private static int luma(Frame frame, int x, int y) {
        return frame.luma()[y * frame.widthPx() + x] & 0xFF;
    }

    private static long count(Frame frame, Colour colour) {
        long count = 0;
        for (byte luma : frame.luma()) {
            count += (luma & 0xFF) == colour.luma() ? 1 : 0;
        }
        return count;
    }

    @Test
    void aCarHasAGreenBoxWhereItIs() {
        var overlay = new Overlay(List.of());
        overlay.see(seen(ObjectTrack.Seen.DETECTION));
        Frame frame = drawn(overlay);
        assertThat(luma(frame, 40, 80)).isEqualTo(Colour.GREEN.luma());
        assertThat(frame.red()[40 * 80 + 20] & 0xFF).isEqualTo(Colour.GREEN.red());
        assertThat(luma(frame, 60, 75)).isZero(); // inside
        assertThat(luma(frame, 60, 89)).isEqualTo(Colour.GREEN.luma());
        assertThat(luma(frame, 60, 90)).isZero(); // below
    }

    @Test
    void whatIsOnlyAssumedIsDashed() {
        var overlay = new Overlay(List.of());
        overlay.see(seen(ObjectTrack.Seen.DETECTION));
        long whole = count(drawn(overlay), Colour.GREEN);
        overlay.see(seen(ObjectTrack.Seen.PREDICTION));
        assertThat(count(drawn(overlay), Colour.GREEN)).isLessThan(whole - 40);
    }

    @Test
    void aLineShowsWhatHasCrossedItSoFar() {
        var overlay = new Overlay(List.of(LINE));
        long zeroes = count(drawn(overlay), Colour.BLACK);
        overlay.see(
                seen(
                        ObjectTrack.Seen.DETECTION,
                        new Crossing("A", 7, Crossing.Direction.TO_LEFT, Duration.ZERO)));
        Frame frame = drawn(overlay);
        assertThat(luma(frame, 80, 5)).isEqualTo(Colour.YELLOW.luma());
        assertThat(count(frame, Colour.BLACK)).isNotEqualTo(zeroes);
    }

    @Test
    void nothingIsDrawnOutsideThePicture() {
        var pen = new Pen();
        var frame = new Frame(33, 21, true); // odd, so that chroma is rounded up
        pen.take(frame);
        pen.line(-50, -50, 90, 90, Colour.YELLOW);
        pen.box(-5, -5, 60, 60, Colour.GREEN, false);
        pen.text("truck 0.99 #123456789", 30, -20, Colour.WHITE);
        assertThat(luma(frame, 10, 10)).isGreaterThan(200);
    }

    @Test
    void everyLetterDiffersFromEveryOther() {
        var font = new BitmapFont();
        String letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-._#:/ ?";
        assertThat(letters.chars().mapToObj(one -> picture(font, (char) one)))
                .hasSize(letters.length())
                .doesNotHaveDuplicates();
        assertThat(picture(font, 'a')).isEqualTo(picture(font, 'A'));
    }

    private static String picture(BitmapFont font, char letter) {
        var dots = new StringBuilder();
        for (int y = 0; y < BitmapFont.HEIGHT; y++) {
            for (int x = 0; x < BitmapFont.WIDTH; x++) {
                dots.append(font.isSet(letter, x, y) ? '#' : '.');
            }
        }
        return dots.toString();
    }

    @Test
    void framesOfAnOddSizeAreWrittenAndTheEndIsWaitedFor() throws Exception {
        Path file = folder.resolve("odd.mp4");
        try (var video = new OverlayVideo(file, new VideoFile.FrameRate(30_000, 1001), false)) {
            for (int i = 0; i < 40; i++) {
                video.write(new Frame(101, 77, false));
            }
            assertThat(file).doesNotExist();
            video.finish();
        }
        try (VideoFile decoded = VideoFile.open(file)) {
            assertThat(decoded.rate()).isEqualTo(new VideoFile.FrameRate(30_000, 1001));
            int count = 0;
            while (decoded.next() != null) {
                count++;
            }
            assertThat(count).isEqualTo(40);
        }
    }

    @Test
    void whatIsNotFinishedIsRemoved() throws Exception {
        try (var video = new OverlayVideo(folder.resolve("a.mp4"), RATE, false)) {
            video.write(new Frame(64, 48, false));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void picturesOfTwoSizesAreNoVideo() throws Exception {
        try (var video = new OverlayVideo(folder.resolve("b.mp4"), RATE, false)) {
            video.write(new Frame(64, 48, false));
            assertThatThrownBy(() -> video.write(new Frame(48, 64, false)))
                    .hasMessageContaining("64 x 48 and of 48 x 64");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
