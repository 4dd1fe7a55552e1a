package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// YOLOv8 and YOLO11: one tensor `[1, 4 + classes, N]`, so the values of a box lie N apart: centre
/// and size in pixels of the input, then class scores; there is no objectness.
final class Yolov8Output implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, Input input, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int boxes = tensor.fromEnd(1);
        int rows = tensor.fromEnd(2);
        if (rows != 4 + candidates.classes()) {
            if (tensor.shape().length == 3 && rows > 4 && rows < boxes) {
                throw ModelException.labels(rows - 4, candidates.classes());
            }
            throw ModelException.shape("YOLOv8", 4 + candidates.classes() + " x N", tensor);
        }
        FloatBuffer values = tensor.values();
        for (int box = 0; box < boxes; box++) {
            int best = candidates.best(values, 4 * boxes + box, boxes);
            float score = best < 0 ? 0 : values.get((4 + best) * boxes + box);
            if (score >= candidates.leastScore()) {
                candidates.add(
                        values.get(box),
                        values.get(boxes + box),
                        values.get(2 * boxes + box),
                        values.get(3 * boxes + box),
                        best,
                        score);
            }
        }
    }
}
