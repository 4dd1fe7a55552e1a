package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// NanoDet-Plus: one tensor `[1, A, classes + 32]`, rows of the strides 8, 16, 32 and 64,
/// row-major. A row is the class scores through a sigmoid, then [DistanceBins] from the cell's
/// corner.
final class NanoDetPlusOutput implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int row = candidates.classes() + DistanceBins.LENGTH;
        if (tensor.fromEnd(2) != input.cells() || tensor.fromEnd(1) <= DistanceBins.LENGTH) {
            throw ModelException.shape("NanoDet-Plus", input.cells() + " x " + row, tensor);
        }
        if (tensor.fromEnd(1) != row) {
            throw ModelException.labels(
                    tensor.fromEnd(1) - DistanceBins.LENGTH, candidates.classes());
        }
        int at = 0;
        for (int stride : input.strides()) {
            for (int y = 0; y < input.rows(stride); y++) {
                for (int x = 0; x < input.columns(stride); x++) {
                    read(tensor.values(), at, x * stride, y * stride, stride, candidates);
                    at += row;
                }
            }
        }
    }

    private static void read(
            FloatBuffer values, int at, int x, int y, int stride, Candidates candidates) {
        int best = candidates.best(values, at, 1);
        float score = best < 0 ? 0 : values.get(at + best);
        if (score >= candidates.leastScore()) {
            int sides = at + candidates.classes();
            DistanceBins.add(values, sides, x, y, stride, candidates, best, score);
        }
    }
}
