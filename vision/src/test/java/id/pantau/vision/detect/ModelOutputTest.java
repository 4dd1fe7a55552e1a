package id.pantau.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import id.pantau.vision.Detection;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tensors written by hand, of models with two classes and an input of 64x64.
class ModelOutputTest {
    private static final List<String> LABELS = List.of("person", "car");

    private final Candidates candidates = new Candidates(LABELS, Set.of(), 0.3);

    private Detection read(ModelFamily family, float[] values, long... shape)
            throws ModelException {
        var tensor = new ModelOutput.Tensor(shape, FloatBuffer.wrap(values));
        family.output().read(List.of(tensor), 64, 64, candidates);
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

    @ParameterizedTest
    @EnumSource
    void anOutputOfAnotherShapeIsRefusedWithWhatItIs(ModelFamily family) {
        assertThatThrownBy(() -> read(family, new float[84 * 9], 1, 84, 9))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("was expected");
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
