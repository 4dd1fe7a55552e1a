package id.pantau.vision.detect;

import java.util.List;

/// NanoDet, before Plus: for each of the strides 8, 16 and 32 a tensor of class scores `[1, n,
/// classes]`, through a sigmoid, and one of [DistanceBins] `[1, n, 32]` from the cell's centre,
/// row-major. Their names are numbers that every export chooses anew: they are told by their
/// shapes.
final class NanoDetOutput implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        for (int stride : input.strides()) {
            int cells = input.columns(stride) * input.rows(stride);
            Tensor scores = scores(outputs, cells, candidates.classes());
            Tensor sides = sides(outputs, cells, scores);
            for (int cell = 0; cell < cells; cell++) {
                int at = cell * candidates.classes();
                int best = candidates.best(scores.values(), at, 1);
                float score = best < 0 ? 0 : scores.values().get(at + best);
                if (score >= candidates.leastScore()) {
                    DistanceBins.add(
                            sides.values(),
                            cell * DistanceBins.LENGTH,
                            (cell % input.columns(stride) + 0.5) * stride,
                            (cell / input.columns(stride) + 0.5) * stride,
                            stride,
                            candidates,
                            best,
                            score);
                }
            }
        }
    }

    /// The scores stand before the sides in every export: of two of one shape they are the first.
    private static Tensor scores(List<Tensor> outputs, int cells, int classes)
            throws ModelException {
        for (Tensor one : outputs) {
            if (one.is(cells, classes)) {
                return one;
            }
        }
        for (Tensor one : outputs) {
            boolean ofCells = one.shape().length > 2 && one.fromEnd(2) == cells;
            if (ofCells && one.fromEnd(1) != DistanceBins.LENGTH) {
                throw ModelException.labels(one.fromEnd(1), classes);
            }
        }
        throw ModelException.shape("NanoDet", cells + " x " + classes, outputs);
    }

    private static Tensor sides(List<Tensor> outputs, int cells, Tensor scores)
            throws ModelException {
        for (Tensor one : outputs) {
            if (one != scores && one.is(cells, DistanceBins.LENGTH)) {
                return one;
            }
        }
        throw ModelException.shape("NanoDet", cells + " x " + DistanceBins.LENGTH, outputs);
    }
}
