package id.pantau.vision.detect;

import java.nio.FloatBuffer;

/// A box as four distributions over distances from a point (generalised focal loss, Li et al.,
/// 2020): left, top, right, bottom, each as 8 logits for 0..7 strides, of which the mean counts.
final class DistanceBins {
    private static final int BINS = 8;

    /// Numbers of one box.
    static final int LENGTH = 4 * BINS;

    private DistanceBins() {}

    /// @param at where the numbers of the box begin
    /// @param x the point, in pixels of the input
    static void add(
            FloatBuffer values,
            int at,
            double x,
            double y,
            int stride,
            Candidates candidates,
            int label,
            float score) {
        candidates.addCorners(
                x - stride * mean(values, at),
                y - stride * mean(values, at + BINS),
                x + stride * mean(values, at + 2 * BINS),
                y + stride * mean(values, at + 3 * BINS),
                label,
                score);
    }

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
