package id.pantau.vision.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.Samples;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.Mp4File;
import id.pantau.vision.Frame;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.decode.FrameCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Beside the same stream decoded exactly: key frames each second, B-frames between them.
class SceneDecoderTest {
    private static final int FPS = 10;
    private static final int GOP = FPS;
    private static final int PICTURES = 5 * GOP;

    private record Picture(long pts90k, long checksum) {}

    private final List<TimedUnit> units = new ArrayList<>();
    private @Nullable VideoFormat video;
    private List<Picture> exact = List.of();

    @BeforeEach
    void readTheClip() throws Exception {
        Path file = Samples.folder("video").resolve("one-by-one-person-detection.mp4");
        Assumptions.assumeTrue(Files.exists(file), "needs " + file);
        try (Mp4File clip = Mp4File.open(file)) {
            video = requireNonNull(clip.format().video());
            for (int i = 0; units.size() < PICTURES; i++) {
                AccessUnit unit = clip.unit(i);
                if (unit.isVideo()) {
                    units.add(
                            new TimedUnit(
                                    unit.keyFrame(),
                                    unit.pts().ticks90k(),
                                    unit.wallTime(),
                                    unit.payload()));
                }
            }
        }
        exact = decode(units, i -> true);
    }

    /// Whether something moves in the pictures that came with the unit of that number.
    @FunctionalInterface
    private interface Movement {
        boolean at(int unit);
    }

    private List<Picture> decode(List<TimedUnit> stream, Movement movement) throws Exception {
        return decode(stream, movement, new HardwareDevices(false));
    }

    private List<Picture> decode(List<TimedUnit> stream, Movement movement, HardwareDevices devices)
            throws Exception {
        var request =
                AnalyseRequest.of(requireNonNull(video), null, 1, SceneSettings.of(List.of()));
        var pictures = new ArrayList<Picture>();
        try (var decoder =
                        new SceneDecoder(
                                new VideoDecoder(
                                        request.codec(), request.configuration(), devices));
                var copy = new FrameCopy()) {
            for (int i = 0; i < stream.size(); i++) {
                decoder.send(stream.get(i));
                for (AVFrame frame; (frame = decoder.next()) != null; ) {
                    pictures.add(
                            new Picture(frame.best_effort_timestamp(), checksum(copy.of(frame))));
                }
                if (movement.at(i)) {
                    decoder.moved();
                }
            }
        }
        return pictures;
    }

    private static long checksum(Frame frame) {
        var sum = new CRC32();
        sum.update(frame.luma());
        return sum.getValue();
    }

    @Test
    void aStillSceneIsDecodedRoughlyAndNoPictureIsMissing() throws Exception {
        List<Picture> still = decode(units, i -> false);

        assertThat(still).extracting(Picture::pts90k).isEqualTo(times(exact));
        assertThat(still.subList(0, GOP)).isEqualTo(exact.subList(0, GOP)); // nothing is known yet
        assertThat(still.subList(GOP, PICTURES - 1))
                .doesNotContainAnyElementsOf(exact.subList(GOP, PICTURES - 1));
    }

    @Test
    void asSoonAsSomethingMovesPicturesAreExactInTheMiddleOfAGop() throws Exception {
        for (int begins = 2 * GOP; begins < 3 * GOP; begins++) {
            int from = begins;
            List<Picture> moving = decode(units, i -> i >= from);

            assertThat(moving).extracting(Picture::pts90k).isEqualTo(times(exact));
            assertThat(moving.get(from - 3)).isNotEqualTo(exact.get(from - 3));
            assertThat(moving.subList(from + 1, moving.size()))
                    .as("from picture %d on", from + 1)
                    .isEqualTo(exact.subList(from + 1, exact.size()));
        }
    }

    @Test
    void whatStandsStillAgainIsDecodedRoughlyFromTheNextKeyFrameOn() throws Exception {
        List<Picture> pictures = decode(units, i -> i < 2 * GOP + 5);

        assertThat(pictures.subList(0, 3 * GOP)).isEqualTo(exact.subList(0, 3 * GOP));
        assertThat(pictures.get(4 * GOP + 3)).isNotEqualTo(exact.get(4 * GOP + 3));
    }

    /// Without such a device, which is what most machines that test are like, the processor
    /// decodes.
    @Test
    void aDeviceThatDecodesGivesTheSamePictures() throws Exception {
        assertThat(decode(units, i -> true, new HardwareDevices(true))).isEqualTo(exact);
    }

    @Test
    void longGopsAreDecodedExactly() throws Exception {
        var slow = new ArrayList<TimedUnit>(); // the same pictures, a key frame every ten seconds
        for (TimedUnit unit : units) {
            long pts = unit.pts90k() * 10;
            slow.add(new TimedUnit(unit.keyFrame(), pts, unit.wallTime(), unit.payload()));
        }
        assertThat(decode(slow, i -> false))
                .extracting(Picture::checksum)
                .isEqualTo(checksums(exact));
    }

    @Test
    void aCameraThatBeginsToSaveKeyFramesIsDecodedExactlyAfterFourSeconds() throws Exception {
        var saving = new ArrayList<TimedUnit>(); // from its third key frame on ten times slower
        long third = units.get(2 * GOP).pts90k();
        for (TimedUnit unit : units) {
            long pts =
                    unit.pts90k() <= third ? unit.pts90k() : third + (unit.pts90k() - third) * 10;
            saving.add(new TimedUnit(unit.keyFrame(), pts, unit.wallTime(), unit.payload()));
        }
        List<Picture> pictures = decode(saving, i -> false);

        assertThat(pictures.get(2 * GOP + 2)).isNotEqualTo(exact.get(2 * GOP + 2));
        assertThat(checksums(pictures.subList(2 * GOP + 7, PICTURES - 1)))
                .isEqualTo(checksums(exact.subList(2 * GOP + 7, PICTURES - 1)));
    }

    private static List<Long> times(List<Picture> pictures) {
        return pictures.stream().map(Picture::pts90k).toList();
    }

    private static List<Long> checksums(List<Picture> pictures) {
        return pictures.stream().map(Picture::checksum).toList();
    }
}
