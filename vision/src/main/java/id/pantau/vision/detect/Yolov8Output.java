package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// YOLOv8 and YOLO11: one tensor `[1, 4 + classes, N]`, so the values of a box lie N apart: centre
/// and size in pixels of the input, then class scores; there is no objectness.
final class Yolov8Output implements ModelOutput {
    @Override
    public void read(List<Tensor> outputs, int widthPx, int heightPx, Candidates candidates)
            throws ModelException {
        Tensor tensor = outputs.getFirst();
        int boxes = tensor.fromEnd(1);
        if (tensor.fromEnd(2) != 4 + candidates.classes()) {
            throw new ModelException(
                    "a YOLOv8 output with %d rows was expected, this one has %d"
                            .formatted(4 + candidates.classes(), tensor.fromEnd(2)));
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
