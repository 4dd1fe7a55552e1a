package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// LPD-YuNet: number plates. Tensors `loc` `[N, 14]`, `conf` `[N, 2]` and `iou` `[N, 1]` of N prior
/// boxes on grids of the strides 8, 16, 32 and 64, row-major. The score is the geometric mean of
/// the second `conf` and of `iou`. A plate is a quadrilateral, whose corners are the pairs 4, 6, 10
/// and 12 of `loc`, in tenths of the prior's size from its centre; the box around them is kept.
final class LpdYuNetOutput implements ModelOutput {
    /// Sides of the priors on each grid, in pixels of the input.
    private static final int[][] PRIORS_PX = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};

    private static final int[] CORNERS = {4, 6, 10, 12};
    private static final int NUMBERS = 14;
    private static final double VARIANCE = 0.1;

    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        if (candidates.classes() != 1) {
            throw ModelException.labels(1, candidates.classes());
        }
        int priors = 0;
        for (int level = 0; level < input.strides().size() && level < PRIORS_PX.length; level++) {
            int stride = input.strides().get(level);
            priors += columns(input, stride) * rows(input, stride) * PRIORS_PX[level].length;
        }
        FloatBuffer places = named(outputs, "loc", priors, NUMBERS).values();
        FloatBuffer scores = named(outputs, "conf", priors, 2).values();
        FloatBuffer overlaps = named(outputs, "iou", priors, 1).values();
        int prior = 0;
        for (int level = 0; level < input.strides().size() && level < PRIORS_PX.length; level++) {
            int stride = input.strides().get(level);
            int columns = columns(input, stride);
            for (int cell = 0; cell < columns * rows(input, stride); cell++) {
                for (int sidePx : PRIORS_PX[level]) {
                    float score = score(scores.get(2 * prior + 1), overlaps.get(prior));
                    if (score >= candidates.leastScore() && candidates.isWanted(0)) {
                        double x = (cell % columns + 0.5) * stride;
                        double y = (cell / columns + 0.5) * stride;
                        add(places, NUMBERS * prior, x, y, sidePx, candidates, score);
                    }
                    prior++;
                }
            }
        }
    }

    /// Its grids end before a last cell that is cut off, unlike those of other families.
    private static int columns(Input input, int stride) {
        return input.widthPx() / stride;
    }

    private static int rows(Input input, int stride) {
        return input.heightPx() / stride;
    }

    private static float score(float confidence, float overlap) {
        return (float) Math.sqrt(Math.max(0, confidence) * Math.clamp(overlap, 0, 1));
    }

    private static void add(
            FloatBuffer places,
            int at,
            double x,
            double y,
            int sidePx,
            Candidates candidates,
            float score) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int corner : CORNERS) {
            double cornerX = x + places.get(at + corner) * VARIANCE * sidePx;
            double cornerY = y + places.get(at + corner + 1) * VARIANCE * sidePx;
            left = Math.min(left, cornerX);
            top = Math.min(top, cornerY);
            right = Math.max(right, cornerX);
            bottom = Math.max(bottom, cornerY);
        }
        candidates.addCorners(left, top, right, bottom, 0, score);
    }

    private static Tensor named(List<Tensor> outputs, String name, int rows, int columns)
            throws ModelException {
        for (Tensor one : outputs) {
            if (one.name().equals(name) && one.is(rows, columns)) {
                return one;
            }
        }
        throw ModelException.shape(
                "LPD-YuNet", "%s of %d x %d".formatted(name, rows, columns), outputs);
    }
}
