package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// SSD, decoded by the model itself, and UltraFace: a tensor of scores `[1, N, 1 + classes]`, of
/// which the first is "nothing", and one of boxes `[1, N, 4]`: left, top, right and bottom as parts
/// of the input.
final class SsdOutput implements ModelOutput {
    private static final int SIDES = 4;

    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        int columns = candidates.classes() + 1;
        Tensor boxes = boxes(outputs, columns);
        Tensor scores = scores(outputs, boxes, columns);
        FloatBuffer sides = boxes.values();
        for (int box = 0; box < boxes.fromEnd(2); box++) {
            int at = box * columns + 1;
            int best = candidates.best(scores.values(), at, 1);
            float score = best < 0 ? 0 : scores.values().get(at + best);
            if (score >= candidates.leastScore()) {
                candidates.addCorners(
                        sides.get(box * SIDES) * input.widthPx(),
                        sides.get(box * SIDES + 1) * input.heightPx(),
                        sides.get(box * SIDES + 2) * input.widthPx(),
                        sides.get(box * SIDES + 3) * input.heightPx(),
                        best,
                        score);
            }
        }
    }

    /// With three classes both tensors have the same shape: the name decides, else the place.
    private static Tensor boxes(List<Tensor> outputs, int columns) throws ModelException {
        List<Tensor> fitting =
                outputs.stream()
                        .filter(one -> one.shape().length >= 2 && one.fromEnd(1) == SIDES)
                        .toList();
        if (fitting.isEmpty() || outputs.size() < 2) {
            throw ModelException.shape("SSD", "N x " + columns + " and one of N x 4", outputs);
        }
        return fitting.stream()
                .filter(one -> one.name().contains("box"))
                .findFirst()
                .orElse(fitting.getLast());
    }

    private static Tensor scores(List<Tensor> outputs, Tensor boxes, int columns)
            throws ModelException {
        List<Tensor> others =
                outputs.stream()
                        .filter(one -> one != boxes && one.fromEnd(2) == boxes.fromEnd(2))
                        .toList();
        for (Tensor one : others) {
            if (one.fromEnd(1) == columns) {
                return one;
            }
        }
        if (others.isEmpty()) {
            throw ModelException.shape("SSD", boxes.fromEnd(2) + " x " + columns, outputs);
        }
        throw ModelException.labels(others.getFirst().fromEnd(1) - 1, columns - 1);
    }
}
