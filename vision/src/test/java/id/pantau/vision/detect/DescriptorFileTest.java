package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.vision.Detection;
import id.pantau.vision.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models that somebody brings: an input of 64x64, and always the same answer.
class DescriptorFileTest {
    @TempDir private Path folder;

    /// Two boxes and two classes, as YOLOv8 writes them; the second is the 20x10 at (40, 30).
    private Path yolov8(String name, String... said) throws IOException {
        float[] values = new float[6 * 9];
        float[][] rows = {{10, 40}, {10, 30}, {4, 20}, {4, 10}, {0.1f, 0.2f}, {0.2f, 0.85f}};
        for (int row = 0; row < 6; row++) {
            System.arraycopy(rows[row], 0, values, row * 9, 2);
        }
        TinyModel model = new TinyModel(1, 3, 64, 64).output("output0", values, 1, 6, 9);
        for (int i = 0; i < said.length; i += 2) {
            model.says(said[i], said[i + 1]);
        }
        return model.write(folder.resolve(name));
    }

    private Path describe(Path model, String json) throws IOException {
        return Files.writeString(DescriptorFile.beside(model), json);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path model) {
        return assertThatThrownBy(() -> ModelCheck.run(model)).isInstanceOf(ModelException.class);
    }

    private static List<Detection> detect(Path model) throws ModelException {
        ModelDescriptor descriptor = ModelCatalogue.describe(model).orElseThrow();
        try (DetectionModel loaded = DetectionModel.load(model, descriptor);
                Detector detector = new Detector(loaded)) {
            return detector.detect(new Frame(64, 64, false), Set.of(), 0.3);
        }
    }

    @Test
    void aDescriptorBesideTheFileSaysWhatItIs() throws Exception {
        Path model = yolov8("mine.onnx");
        describe(
                model,
                """
                {"family": "yolov8", "colour": "bgr", "mean": [1, 2, 3], "deviation": [4, 5, 6],
                 "letterbox": "stretch", "labels": ["becak", "truck"], "licence": "MIT"}
                """);
        ModelDescriptor said = ModelCheck.run(model);
        assertThat(said.id()).isEqualTo("mine");
        assertThat(said.widthPx()).as("as the file fixes it").isEqualTo(64);
        assertThat(said.normalization()).isEqualTo(new Normalization(false, 1, 2, 3, 4, 5, 6));
        assertThat(said.letterbox()).isEqualTo(Letterbox.Fit.STRETCH);
        assertThat(said.licence()).isEqualTo("MIT");
        assertThat(detect(model)).extracting(Detection::label).containsExactly("truck");
    }

    @Test
    void whatIsLeftOutIsAsUsualInTheFamilyAndLabelsMayStandInAFile() throws Exception {
        Path model = yolov8("mine.onnx");
        Files.writeString(folder.resolve("labels.txt"), "becak\n\ntruck\n");
        describe(model, "{\"family\": \"yolov8\", \"labelsFile\": \"labels.txt\"}");
        ModelDescriptor said = ModelCheck.run(model);
        assertThat(said.labels()).containsExactly("becak", "truck");
        assertThat(said.normalization()).isEqualTo(Normalization.UNIT);
        assertThat(said.letterbox()).isEqualTo(Letterbox.Fit.CENTRE);
    }

    @Test
    void anExportThatNamesItsClassesNeedsNoDescriptor() throws Exception {
        Path model =
                yolov8(
                        "export.onnx",
                        "names",
                        "{0: 'becak', 1: \"driver's cab\"}",
                        "imgsz",
                        "[64, 96]",
                        "license",
                        "AGPL-3.0 License (https://ultralytics.com/license)");
        ModelDescriptor said = ModelCatalogue.describe(model).orElseThrow();
        assertThat(said.family()).isEqualTo(ModelFamily.YOLOV8);
        assertThat(said.labels()).containsExactly("becak", "driver's cab");
        assertThat(said.widthPx()).isEqualTo(96);
        assertThat(said.heightPx()).isEqualTo(64);
        assertThat(said.licence()).startsWith("AGPL-3.0");
        assertThat(detect(model)).extracting(Detection::label).containsExactly("driver's cab");

        describe(model, "{\"family\": \"yolov8\"}");
        assertThat(ModelCheck.run(model).labels())
                .as("a descriptor without labels leaves them to the file")
                .containsExactly("becak", "driver's cab");
    }

    @Test
    void whatIsWrittenIsReadBackAsItWas() throws Exception {
        Path model = yolov8("mine.onnx");
        var before =
                new ModelDescriptor(
                        "a name",
                        ModelFamily.NANODET,
                        416,
                        320,
                        new Normalization(true, 1, 2, 3, 4, 5, 6),
                        Letterbox.Fit.TOP_LEFT,
                        List.of("one", "two"),
                        List.of(8, 16),
                        "BSD-3-Clause");
        Path file = describe(model, DescriptorFile.write(before));
        assertThat(DescriptorFile.read(file, model)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"family": "ssd2"}                               | family "ssd2" is none of yolox, yolov5
                    {}                                               | family "" is none of
                    {"family": "yolov8", "widht": 3}                 | "widht" is no key
                    {"family": "yolov8", "widthPx": 3}               | widthPx is a whole number from 32 to 4096
                    {"family": "yolov8", "colour": "grey"}           | colour is "rgb" or "bgr"
                    {"family": "yolov8", "mean": [1, 2]}             | mean is a list of three numbers
                    {"family": "yolov8", "deviation": [1, 0, 1]}     | deviation is above 0
                    {"family": "yolov8", "letterbox": "left"}        | letterbox is "top-left"
                    {"family": "yolov8", "strides": [0]}             | strides are whole numbers
                    {"family": "yolov8", "labels": []}               | labels is a list of one to
                    {"family": "yolov8", "labels": ["a", 2]}         | labels is a list of one to
                    {"family": "yolov8", "labelsFile": "../../etc/passwd"} | is the name of a file beside it
                    {"family": "yolov8", "labelsFile": "none.txt"}   | none.txt cannot be read
                    {"family": "yolov8", "labels": ["a", "b", "c"]}  | output is that of 2 classes, but 3 labels
                    {"family": "yolov8"}                             | output is that of 2 classes, but 80 labels
                    {"family": "yolox", "labels": ["a", "b"]}        | a YOLOX output of 84 x 7 was expected
                    {"family": "yolov8",                             | is no descriptor that can be read
                    [1, 2]                                           | no JSON object
                    """)
    void aDescriptorThatCannotBeUsedIsRefusedWithTheReason(String json, String reason)
            throws Exception {
        Path model = yolov8("mine.onnx");
        describe(model, json);
        assertRefused(model).hasMessageContaining(reason);
    }

    @Test
    void aDescriptorOfMegabytesIsNotRead() throws Exception {
        Path model = yolov8("mine.onnx");
        describe(model, " ".repeat(300 << 10) + "{}");
        assertRefused(model).hasMessageContaining("larger than any descriptor");
    }

    @Test
    void aModelOfAShapeNobodyKnowsIsRefused() throws Exception {
        Path odd =
                new TinyModel(1, 3, 64, 64)
                        .output("masks", new float[32], 1, 4, 8)
                        .says("names", "{0: 'a', 1: 'b'}")
                        .write(folder.resolve("odd.onnx"));
        assertRefused(odd)
                .hasMessageContaining("[1, 4, 8]")
                .hasMessageContaining("of a shape nobody knows");
        Path sound =
                new TinyModel(1, 16_000)
                        .output("class", new float[] {1}, 1, 1)
                        .write(folder.resolve("sound.onnx"));
        describe(sound, "{\"family\": \"yolox\"}");
        assertRefused(sound).hasMessageContaining("not one picture [1, 3, height, width]");
    }

    @Test
    void aModelWithoutAnyHintIsRefusedWithWhatToDo() throws Exception {
        assertRefused(yolov8("mine.onnx"))
                .hasMessageContaining("mine.onnx is no model that is known")
                .hasMessageContaining("put a descriptor mine.json beside it");
        assertRefused(yolov8("gap.onnx", "names", "{0: 'a', 2: 'b'}"))
                .hasMessageContaining("is no model that is known");
    }

    @Test
    void aFileCutShortAndOneThatIsNoModelAreRefused() throws Exception {
        Path whole = yolov8("whole.onnx");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(bytes, 150));
        describe(cut, "{\"family\": \"yolov8\", \"labels\": [\"a\", \"b\"]}");
        assertRefused(cut).hasMessageContaining("cut.onnx is no model that can be read");
        Path text = Files.writeString(folder.resolve("yolox_nano.onnx"), "<html>not found</html>");
        assertRefused(text).hasMessageContaining("yolox_nano.onnx is no model that can be read");
        assertRefused(folder.resolve("missing.onnx")).hasMessageContaining("missing.onnx");
    }

    @Test
    void theModelThatSomebodyDescribedComesFirstAndABrokenOneIsPassedOver() throws Exception {
        assertThat(ModelCatalogue.find(List.of(folder, folder.resolve("none")))).isEmpty();
        Path speaking = yolov8("b.onnx", "names", "{0: 'car', 1: 'bus'}");
        assertThat(ModelCatalogue.find(List.of(folder)))
                .hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(speaking));
        Path known = yolov8("yolox_nano.onnx");
        assertThat(ModelCatalogue.find(List.of(folder)))
                .hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(known));
        Path plates = yolov8("a-plates.onnx");
        describe(plates, "{\"family\": \"yolov8\", \"labels\": [\"plate\", \"police plate\"]}");
        describe(yolov8("broken.onnx"), "{");
        Path described = yolov8("c.onnx");
        describe(described, "{\"family\": \"yolov8\", \"labels\": [\"car\", \"bus\"]}");
        assertThat(ModelCatalogue.find(List.of(folder)))
                .hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(described));
        assertThat(ModelCatalogue.find(List.of(folder), ModelPurpose.PLATES))
                .hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(plates));
        assertThat(ModelCatalogue.find(List.of(folder), ModelPurpose.FACES)).isEmpty();
    }

    @Test
    void theCataloguesOfferIsPinnedAndFree() {
        assertThat(ModelCatalogue.all())
                .allSatisfy(one -> {
                    assertThat(one.sha256()).matches("[0-9a-f]{64}");
                    assertThat(one.sizeBytes()).isBetween(100_000L, 5_000_000L);
                })
                .extracting(CatalogueModel::id)
                .doesNotHaveDuplicates();
        assertThat(ModelCatalogue.all())
                .filteredOn(one -> one.address() != null)
                .hasSizeGreaterThan(4)
                .allSatisfy(one -> {
                    assertThat(one.descriptor().licence()).isIn("Apache-2.0", "MIT");
                    assertThat(String.valueOf(one.address()))
                            .matches(
                                    "https://raw\\.githubusercontent\\.com/[\\w.-]+/[\\w.-]+/[0-9a-f]{40}/.+\\.onnx");
                });
    }
}
