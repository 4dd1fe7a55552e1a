package id.pantau.vision.detect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import id.pantau.vision.TestModels;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.VideoFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Published models on real pictures. What they find was read off with other programs and is in the
/// read-me of the models.
@Tag("samples")
class RealModelsTest {
    private static DetectionModel load(String file) throws ModelException {
        Path path = TestModels.file(file);
        return DetectionModel.load(path, ModelCatalogue.describe(path).orElseThrow());
    }

    private static List<Detection> find(String model, Frame frame, double leastScore)
            throws ModelException {
        try (DetectionModel loaded = load(model);
                Detector detector = new Detector(loaded)) {
            return detector.detect(frame, Set.of(), leastScore);
        }
    }

    /// The picture is valid until the file is read on, which it is not.
    private static Frame frame(String folder, String file, int index) throws DecodeException {
        try (VideoFile video = VideoFile.open(Samples.folder(folder).resolve(file))) {
            VideoFile.TimedFrame frame = requireNonNull(video.next());
            while (frame.index() < index) {
                frame = requireNonNull(video.next());
            }
            return frame.frame();
        }
    }

    /// @param left in pixels, as in the read-me
    private static void assertHas(
            List<Detection> found, String label, int left, int top, int right, int bottom) {
        var expected = new Box(left, top, right, bottom);
        assertThat(found)
                .anyMatch(one ->
                        one.label().equals(label)
                                && one.box().scaled(800, 600).iou(expected) > 0.7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yolox_nano.onnx",
                "nanodet_m_416.onnx",
                "nanodet_plus_m_15x_w8.onnx",
                "agpl-reference-only/yolov8n_int8.onnx"
            })
    void carsOfAStreetAreFoundWhereTheyAre(String model) throws Exception {
        List<Detection> found = find(model, frame("video", "street-cars-cyclist.mp4", 40), 0.4);
        assertHas(found, "car", 84, 108, 157, 158);
        assertHas(found, "car", 247, 137, 369, 214);
    }

    @ParameterizedTest
    @CsvSource({
        "face_detection_yunet_2023mar.onnx, 35",
        "face_detection_yunet_s_dynamic.onnx, 35",
        "face_detection_yunet_n_320.onnx, 30",
        "face_ultraface_rfb_320.onnx, 34"
    })
    void bothFacesAreFoundInNearlyEveryFrame(String model, int leastFrames) throws Exception {
        Path clip = Samples.folder("video").resolve("face-demographics-walking.gif");
        int frames = 0;
        int both = 0;
        try (DetectionModel loaded = load(model);
                Detector detector = new Detector(loaded);
                VideoFile video = VideoFile.open(clip)) {
            for (VideoFile.TimedFrame next; (next = video.next()) != null; frames++) {
                List<Detection> faces = detector.detect(next.frame(), Set.of(), 0.5);
                both += faces.size() == 2 ? 1 : 0;
                assertThat(faces)
                        .allSatisfy(face -> {
                            assertThat(face.label()).isEqualTo("face");
                            assertThat(face.box().width() * 480).isBetween(8.0, 60.0);
                        });
            }
        }
        System.out.printf("%s: two faces in %d of %d%n", model, both, frames);
        assertThat(frames).isEqualTo(35);
        assertThat(both).isGreaterThanOrEqualTo(leastFrames);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "license_plate_detection_lpd_yunet_2023mar.onnx",
                "license_plate_detection_lpd_yunet_2023mar_int8.onnx"
            })
    void aPlateThatIsCloseIsFoundOnce(String model) throws Exception {
        Frame picture = frame("images", "plate-rear-view.jpg", 0);
        List<Detection> plates = find(model, picture, 0.6);
        assertThat(plates).hasSize(1);
        Detection plate = plates.getFirst();
        assertThat(plate.label()).isEqualTo("plate");
        Box box = plate.box().scaled(picture.widthPx(), picture.heightPx());
        assertThat(box.iou(new Box(229, 200, 385, 257))).isGreaterThan(0.85);
    }

    @Test
    void aWideStreetHasNoPlateAndNoFace() throws Exception {
        Frame street = frame("video", "car-detection.mp4", 10);
        assertThat(find("license_plate_detection_lpd_yunet_2023mar.onnx", street, 0.6)).isEmpty();
        assertThat(find("face_detection_yunet_2023mar.onnx", street, 0.6)).isEmpty();
    }

    @Test
    void aDistantCarIsFoundInThePartAroundItAndNotInTheWholeFrame() throws Exception {
        Frame frame = new Frame(1280, 720, false);
        Arrays.fill(frame.luma(), (byte) 110);
        Arrays.fill(frame.blue(), (byte) 128);
        Arrays.fill(frame.red(), (byte) 128);
        pasteHalf(frame("video", "street-cars-cyclist.mp4", 40), frame, 700, 300);
        var car = new Box(700 + 42, 300 + 54, 700 + 78.5, 300 + 79); // 12 x 8 pixels of the input
        var window =
                LookWindow.around(List.of(car.scaled(1 / 1280.0, 1 / 720.0)), 1280, 720, 416, 416);

        try (DetectionModel loaded = load("yolox_nano.onnx");
                Detector detector = new Detector(loaded)) {
            assertThat(detector.detect(frame, CocoLabels.ROAD, 0.4))
                    .noneMatch(one -> one.box().scaled(1280, 720).iou(car) > 0.5);
            assertThat(detector.detect(frame, window, CocoLabels.ROAD, 0.4))
                    .anyMatch(one ->
                            one.box().scaled(1280, 720).iou(car) > 0.7
                                    && one.label().equals("car"));
        }
    }

    /// Every second pixel, which is coarse and enough.
    private static void pasteHalf(Frame from, Frame to, int left, int top) {
        for (int y = 0; y < from.heightPx() / 2; y++) {
            for (int x = 0; x < from.widthPx() / 2; x++) {
                int luma = (top + y) * to.widthPx() + left + x;
                to.luma()[luma] = from.luma()[2 * y * from.widthPx() + 2 * x];
                int chroma = (top + y) / 2 * to.chromaWidthPx() + (left + x) / 2;
                int source = y / 2 * 2 * from.chromaWidthPx() + x / 2 * 2;
                to.blue()[chroma] = from.blue()[source];
                to.red()[chroma] = from.red()[source];
            }
        }
    }
}
