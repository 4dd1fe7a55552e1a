package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// NanoDet-Plus: one tensor `[1, A, classes + 32]`, rows of the strides 8, 16, 32 and 64,
/// row-major. A row is the class scores through a sigmoid, then for left, top, right and bottom a
/// distribution over 8 distances in strides, whose mean counts (generalised focal loss), measured
/// from the cell's corner.
final class NanoDetPlusOutput implements ModelOutput {
    private static final int[] STRIDES = {8, 16, 32, 64};
    private static final int BINS = 8;

    @Override
    public void read(List<Tensor> outputs, int widthPx, int heightPx, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int row = tensor.fromEnd(1);
        int expected = 0;
        for (int stride : STRIDES) {
            expected += cells(widthPx, stride) * cells(heightPx, stride);
        }
        if (row != candidates.classes() + 4 * BINS || tensor.fromEnd(2) != expected) {
            throw new ModelException(
                    "a NanoDet-Plus output of %d x %d was expected, this one has %d x %d"
                            .formatted(
                                    expected,
                                    candidates.classes() + 4 * BINS,
                                    tensor.fromEnd(2),
                                    row));
        }
        FloatBuffer values = tensor.values();
        int at = 0;
        for (int stride : STRIDES) {
            for (int y = 0; y < cells(heightPx, stride); y++) {
                for (int x = 0; x < cells(widthPx, stride); x++) {
                    read(values, at, x * stride, y * stride, stride, candidates);
                    at += row;
                }
            }
        }
    }

    private static int cells(int sizePx, int stride) {
        return (sizePx + stride - 1) / stride;
    }

    private static void read(
            FloatBuffer values, int at, int x, int y, int stride, Candidates candidates) {
        int best = candidates.best(values, at, 1);
        float score = best < 0 ? 0 : values.get(at + best);
        if (score < candidates.leastScore()) {
            return;
        }
        int sides = at + candidates.classes();
        double left = x - stride * mean(values, sides);
        double top = y - stride * mean(values, sides + BINS);
        double right = x + stride * mean(values, sides + 2 * BINS);
        double bottom = y + stride * mean(values, sides + 3 * BINS);
        candidates.add(
                (left + right) / 2, (top + bottom) / 2, right - left, bottom - top, best, score);
    }

    /// Of a distribution given as logits.
    private static double mean(FloatBuffer values, int at) {
        float largest = values.get(at);
        for (int i = 1; i < BINS; i++) {
            largest = Math.max(largest, values.get(at + i));
        }
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < BINS; i++) {
            double weight = Math.exp(values.get(at + i) - largest);
            sum += weight;
            weighted += i * weight;
        }
        return weighted / sum;
    }
}
