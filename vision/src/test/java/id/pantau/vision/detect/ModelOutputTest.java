package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import id.pantau.vision.Detection;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tensors written by hand, of models with two classes and an input of 64x64.
class ModelOutputTest {
    private static final List<String> LABELS = List.of("person", "car");

    private static ModelOutput.Tensor tensor(String name, float[] values, long... shape) {
        return new ModelOutput.Tensor(name, shape, FloatBuffer.wrap(values));
    }

    private static Detection read(ModelFamily family, float[] values, long... shape)
            throws ModelException {
        return read(family, LABELS, List.of(tensor("output", values, shape)));
    }

    private static Detection read(
            ModelFamily family, List<String> labels, List<ModelOutput.Tensor> outputs)
            throws ModelException {
        var candidates = new Candidates(labels, Set.of(), 0.3);
        var input = new ModelOutput.Input(64, 64, family.strides());
        family.output().read(outputs, input, candidates);
        List<Detection> best = candidates.best(0.45);
        assertThat(best).hasSize(1);
        return best.getFirst();
    }

    private static void assertBox(
            Detection one, double left, double top, double right, double bottom) {
        assertThat(one.box().left()).isEqualTo(left, within(0.01));
        assertThat(one.box().top()).isEqualTo(top, within(0.01));
        assertThat(one.box().right()).isEqualTo(right, within(0.01));
        assertThat(one.box().bottom()).isEqualTo(bottom, within(0.01));
    }

    @Test
    void yoloxIsRelativeToItsCell() throws ModelException {
        float[] values = new float[(64 + 16 + 4) * 7];
        int at = (64 + 4 + 2) * 7; // stride 16, row 1, column 2
        values[at] = 0.5f;
        values[at + 1] = 0.25f;
        values[at + 2] = (float) Math.log(2);
        values[at + 3] = (float) Math.log(1.5);
        values[at + 4] = 0.9f;
        values[at + 6] = 0.8f;
        Detection car = read(ModelFamily.YOLOX, values, 1, 84, 7);
        assertThat(car.label()).isEqualTo("car");
        assertThat(car.score()).isEqualTo(0.72, within(1e-6));
        assertBox(car, 40 - 16, 20 - 12, 40 + 16, 20 + 12);
    }

    @Test
    void yolov5IsInPixels() throws ModelException {
        float[] values = {30, 20, 10, 8, 0.9f, 0.7f, 0.1f, 5, 5, 4, 4, 0.2f, 0.9f, 0.9f};
        Detection person = read(ModelFamily.YOLOV5, values, 1, 2, 7);
        assertThat(person.label()).isEqualTo("person");
        assertBox(person, 25, 16, 35, 24);
    }

    @Test
    void yolov8IsTurnedRoundAndHasNoObjectness() throws ModelException {
        float[] values = {10, 40, 10, 30, 4, 20, 4, 10, 0.1f, 0.2f, 0.2f, 0.85f};
        Detection car = read(ModelFamily.YOLOV8, values, 1, 6, 2);
        assertThat(car.score()).isEqualTo(0.85, within(1e-6));
        assertBox(car, 30, 25, 50, 35);
    }

    @Test
    void nanoDetPlusMeasuresFromTheCellsCorner() throws ModelException {
        int row = 2 + 32;
        float[] values = new float[(64 + 16 + 4 + 1) * row];
        int at = (64 + 4 + 2) * row; // stride 16, row 1, column 2: the point (32, 16)
        values[at + 1] = 0.6f;
        values[at + 2 + 1] = 50; // left: 1 stride
        values[at + 2 + 8] = 50; // top: 0
        values[at + 2 + 16 + 1] = 50; // right: between 1 and 2
        values[at + 2 + 16 + 2] = 50;
        values[at + 2 + 24 + 2] = 50; // bottom: 2
        Detection car = read(ModelFamily.NANODET_PLUS, values, 1, 85, row);
        assertBox(car, 32 - 16, 16, 32 + 24, 16 + 32);
    }

    @Test
    void nanoDetMeasuresFromTheCellsCentreAndIsToldByItsShapes() throws ModelException {
        var outputs = new ArrayList<ModelOutput.Tensor>();
        for (int cells : new int[] {64, 16, 4}) {
            outputs.add(tensor("79" + cells, new float[cells * 2], 1, cells, 2));
        }
        for (int cells : new int[] {64, 16, 4}) {
            outputs.add(tensor("80" + cells, new float[cells * 32], 1, cells, 32));
        }
        int cell = 4 + 2; // stride 16, row 1, column 2: the point (40, 24)
        outputs.get(1).values().put(cell * 2, 0.6f);
        FloatBuffer sides = outputs.get(4).values();
        sides.put(cell * 32 + 1, 50); // left: 1 stride
        sides.put(cell * 32 + 8, 50); // top: 0
        sides.put(cell * 32 + 16 + 1, 50); // right: between 1 and 2
        sides.put(cell * 32 + 16 + 2, 50);
        sides.put(cell * 32 + 24 + 2, 50); // bottom: 2
        Detection person = read(ModelFamily.NANODET, LABELS, outputs);
        assertThat(person.label()).isEqualTo("person");
        assertThat(person.score()).isEqualTo(0.6, within(1e-6));
        assertBox(person, 40 - 16, 24, 40 + 24, 24 + 32);
    }

    @Test
    void ssdHasNothingAsItsFirstClassAndBoxesInPartsOfTheInput() throws ModelException {
        float[] scores = {0.9f, 0.05f, 0.05f, 0.2f, 0.1f, 0.7f};
        float[] boxes = {0, 0, 1, 1, 0.25f, 0.5f, 0.75f, 1};
        Detection car =
                read(
                        ModelFamily.SSD,
                        LABELS,
                        List.of(
                                tensor("scores", scores, 1, 2, 3),
                                tensor("boxes", boxes, 1, 2, 4)));
        assertThat(car.label()).isEqualTo("car");
        assertThat(car.score()).isEqualTo(0.7, within(1e-6));
        assertBox(car, 16, 32, 48, 64);
    }

    @Test
    void ssdOfThreeClassesHasTwoTensorsOfOneShapeToldByName() throws ModelException {
        float[] scores = {0.1f, 0.1f, 0.1f, 0.7f};
        float[] boxes = {0.5f, 0, 1, 0.5f};
        Detection third =
                read(
                        ModelFamily.SSD,
                        List.of("car", "bus", "truck"),
                        List.of(
                                tensor("boxes", boxes, 1, 1, 4),
                                tensor("scores", scores, 1, 1, 4)));
        assertThat(third.label()).isEqualTo("truck");
        assertBox(third, 32, 0, 64, 32);
    }

    @Test
    void ultraFaceIsAnSsdOfOneClass() throws ModelException {
        Detection face =
                read(
                        ModelFamily.ULTRAFACE,
                        List.of("face"),
                        List.of(
                                tensor("scores", new float[] {0.2f, 0.8f}, 1, 1, 2),
                                tensor("boxes", new float[] {0.5f, 0.25f, 0.75f, 0.5f}, 1, 1, 4)));
        assertThat(face.label()).isEqualTo("face");
        assertBox(face, 32, 16, 48, 32);
    }

    private static List<ModelOutput.Tensor> yuNet() {
        var outputs = new ArrayList<ModelOutput.Tensor>();
        for (int stride : new int[] {8, 16, 32}) {
            int cells = (64 / stride) * (64 / stride);
            outputs.add(tensor("cls_" + stride, new float[cells], 1, cells, 1));
            outputs.add(tensor("obj_" + stride, new float[cells], 1, cells, 1));
            outputs.add(tensor("bbox_" + stride, new float[cells * 4], 1, cells, 4));
        }
        return outputs;
    }

    @Test
    void yuNetScoresByTheGeometricMean() throws ModelException {
        List<ModelOutput.Tensor> outputs = yuNet();
        int cell = 4 + 2; // stride 16, row 1, column 2
        outputs.get(3).values().put(cell, 0.9f);
        outputs.get(4).values().put(cell, 0.4f);
        FloatBuffer boxes = outputs.get(5).values();
        boxes.put(4 * cell, 0.5f);
        boxes.put(4 * cell + 1, 0.25f);
        boxes.put(4 * cell + 2, (float) Math.log(2));
        boxes.put(4 * cell + 3, (float) Math.log(1.5));
        Detection face = read(ModelFamily.YUNET, List.of("face"), outputs);
        assertThat(face.score()).isEqualTo(0.6, within(1e-6));
        assertBox(face, 40 - 16, 20 - 12, 40 + 16, 20 + 12);
    }

    @Test
    void aPlateIsTheBoxAroundItsFourCorners() throws ModelException {
        int priors = 64 * 3 + 16 * 2 + 4 * 2 + 3; // 8x8, 4x4, 2x2, 1x1 cells
        float[] places = new float[priors * 14];
        float[] scores = new float[priors * 2];
        float[] overlaps = new float[priors];
        int prior = 64 * 3 + (4 + 2) * 2 + 1; // stride 16, row 1, column 2, 48 px: at (40, 24)
        scores[prior * 2 + 1] = 0.9f;
        overlaps[prior] = 1.6f; // more than all counts as all
        float[] corners = {-5, -2, 4, -3, 5, 2, -4, 3}; // in tenths of 48 px
        for (int i = 0; i < 4; i++) {
            int at = prior * 14 + new int[] {4, 6, 10, 12}[i];
            places[at] = corners[2 * i];
            places[at + 1] = corners[2 * i + 1];
        }
        Detection plate =
                read(
                        ModelFamily.LPD_YUNET,
                        List.of("plate"),
                        List.of(
                                tensor("loc", places, priors, 14),
                                tensor("conf", scores, priors, 2),
                                tensor("iou", overlaps, priors, 1)));
        assertThat(plate.score()).isEqualTo(Math.sqrt(0.9), within(1e-6));
        assertBox(plate, 40 - 24, 24 - 14.4, 40 + 24, 24 + 14.4);
    }

    @ParameterizedTest
    @EnumSource
    void anOutputOfAnotherShapeIsRefusedWithWhatItIs(ModelFamily family) {
        List<String> labels =
                switch (family) {
                    case YUNET, LPD_YUNET, ULTRAFACE -> List.of("one");
                    case YOLOX, YOLOV5, YOLOV8, NANODET, NANODET_PLUS, SSD -> LABELS;
                };
        assertThatThrownBy(() ->
                        read(family, labels, List.of(tensor("mask", new float[84], 1, 84, 1))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("was expected")
                .hasMessageContaining("84 x 1");
    }

    @ParameterizedTest
    @EnumSource
    void anotherNumberOfLabelsThanOfClassesIsSaid(ModelFamily family) {
        List<ModelOutput.Tensor> outputs =
                switch (family) {
                    case YOLOX -> List.of(tensor("output", new float[84 * 10], 1, 84, 10));
                    case YOLOV5 -> List.of(tensor("output", new float[99 * 10], 1, 99, 10));
                    case YOLOV8 -> List.of(tensor("output", new float[99 * 9], 1, 9, 99));
                    case NANODET -> List.of(tensor("1", new float[64 * 5], 1, 64, 5));
                    case NANODET_PLUS -> List.of(tensor("output", new float[85 * 37], 1, 85, 37));
                    case SSD, ULTRAFACE ->
                            List.of(
                                    tensor("scores", new float[12], 1, 2, 6),
                                    tensor("boxes", new float[8], 1, 2, 4));
                    case YUNET -> yuNet();
                    case LPD_YUNET -> List.of(tensor("loc", new float[14], 1, 14));
                };
        int classes =
                switch (family) {
                    case YUNET, LPD_YUNET -> 1;
                    case YOLOX, YOLOV5, YOLOV8, NANODET, NANODET_PLUS, SSD, ULTRAFACE -> 5;
                };
        assertThatThrownBy(() -> read(family, LABELS, outputs))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("of %d classes, but 2 labels".formatted(classes));
    }

    @Test
    void ofTwoBoxesOfOneGroupTheBetterStaysAndWhatIsNotAskedForIsNotFound() {
        var vehicles =
                new Candidates(List.of("car", "truck", "person"), Set.of("car", "truck"), 0.3);
        vehicles.add(20, 20, 10, 10, 0, 0.6f);
        vehicles.add(21, 20, 10, 10, 1, 0.7f);
        vehicles.add(50, 50, 10, 10, 0, 0.5f);
        vehicles.add(Double.NaN, 50, 10, 10, 0, 0.9f);
        assertThat(vehicles.best(FloatBuffer.wrap(new float[] {0.2f, 0.4f, 0.9f}), 0, 1))
                .isEqualTo(1);
        assertThat(vehicles.best(FloatBuffer.wrap(new float[] {0, 0, 0.9f}), 0, 1)).isEqualTo(-1);
        assertThat(vehicles.best(0.45))
                .extracting(Detection::label)
                .containsExactly("truck", "car");
    }
}
