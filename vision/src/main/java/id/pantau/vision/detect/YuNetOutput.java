package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// YuNet: faces. For each of the strides 8, 16 and 32 the tensors `cls_8` and `obj_8` `[1, n, 1]`,
/// whose geometric mean is the score, and `bbox_8` `[1, n, 4]`: centre and logarithm of the size,
/// in strides from the cell's corner, row-major. Eyes, nose and mouth (`kps_8`) are not read.
final class YuNetOutput implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        if (candidates.classes() != 1) {
            throw ModelException.labels(1, candidates.classes());
        }
        for (int stride : input.strides()) {
            int cells = input.columns(stride) * input.rows(stride);
            Tensor classes = named(outputs, "cls_" + stride, cells, 1);
            Tensor objects = named(outputs, "obj_" + stride, cells, 1);
            Tensor boxes = named(outputs, "bbox_" + stride, cells, 4);
            for (int cell = 0; cell < cells; cell++) {
                double product =
                        Math.clamp(classes.values().get(cell), 0, 1)
                                * Math.clamp(objects.values().get(cell), 0, 1);
                float score = (float) Math.sqrt(product);
                if (score >= candidates.leastScore() && candidates.isWanted(0)) {
                    int column = cell % input.columns(stride);
                    int row = cell / input.columns(stride);
                    add(boxes.values(), 4 * cell, column, row, stride, candidates, score);
                }
            }
        }
    }

    private static void add(
            FloatBuffer boxes,
            int at,
            int column,
            int row,
            int stride,
            Candidates candidates,
            float score) {
        candidates.add(
                (column + boxes.get(at)) * stride,
                (row + boxes.get(at + 1)) * stride,
                Math.exp(boxes.get(at + 2)) * stride,
                Math.exp(boxes.get(at + 3)) * stride,
                0,
                score);
    }

    private static Tensor named(List<Tensor> outputs, String name, int cells, int columns)
            throws ModelException {
        for (Tensor one : outputs) {
            if (one.name().equals(name) && one.is(cells, columns)) {
                return one;
            }
        }
        throw ModelException.shape(
                "YuNet", "%s of %d x %d".formatted(name, cells, columns), outputs);
    }
}
