package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// YOLOv5: one tensor `[1, N, 5 + classes]`; a row is centre and size in pixels of the input,
/// objectness and class scores.
final class Yolov5Output implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int row = tensor.fromEnd(1);
        if (row != 5 + candidates.classes()) {
            if (tensor.shape().length == 3 && row > 5 && row < tensor.fromEnd(2)) {
                throw ModelException.labels(row - 5, candidates.classes());
            }
            throw ModelException.shape("YOLOv5", "N x " + (5 + candidates.classes()), tensor);
        }
        FloatBuffer values = tensor.values();
        for (int at = 0; at < tensor.fromEnd(2) * row; at += row) {
            float objectness = values.get(at + 4);
            if (objectness < candidates.leastScore()) {
                continue;
            }
            int best = candidates.best(values, at + 5, 1);
            float score = best < 0 ? 0 : objectness * values.get(at + 5 + best);
            if (score >= candidates.leastScore()) {
                candidates.add(
                        values.get(at),
                        values.get(at + 1),
                        values.get(at + 2),
                        values.get(at + 3),
                        best,
                        score);
            }
        }
    }
}
