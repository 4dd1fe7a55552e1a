package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// YOLOX: one tensor `[1, A, 5 + classes]`, rows of the strides 8, 16 and 32, row-major. A row is
/// centre and size relative to its cell, then objectness and class scores, both through a sigmoid
/// already.
final class YoloxOutput implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int row = tensor.fromEnd(1);
        if (tensor.fromEnd(2) != input.cells() || row <= 5) {
            throw ModelException.shape(
                    "YOLOX", input.cells() + " x " + (5 + candidates.classes()), tensor);
        }
        if (row != 5 + candidates.classes()) {
            throw ModelException.labels(row - 5, candidates.classes());
        }
        FloatBuffer values = tensor.values();
        int at = 0;
        for (int stride : input.strides()) {
            for (int y = 0; y < input.rows(stride); y++) {
                for (int x = 0; x < input.columns(stride); x++) {
                    read(values, at, x, y, stride, candidates);
                    at += row;
                }
            }
        }
    }

    private static void read(
            FloatBuffer values, int at, int x, int y, int stride, Candidates candidates) {
        float objectness = values.get(at + 4);
        if (objectness < candidates.leastScore()) {
            return;
        }
        int best = candidates.best(values, at + 5, 1);
        float score = best < 0 ? 0 : objectness * values.get(at + 5 + best);
        if (score >= candidates.leastScore()) {
            candidates.add(
                    (values.get(at) + x) * stride,
                    (values.get(at + 1) + y) * stride,
                    Math.exp(values.get(at + 2)) * stride,
                    Math.exp(values.get(at + 3)) * stride,
                    best,
                    score);
        }
    }
}
