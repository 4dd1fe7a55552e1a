package id.pantau.vision.detect;

import java.util.List;

/// What a model is good for.
public enum ModelPurpose {
    /// Finding and counting what moves on roads and in rooms.
    OBJECTS,
    /// Hiding faces.
    FACES,
    /// Hiding number plates.
    PLATES;

    static ModelPurpose of(List<String> labels) {
        if (labels.stream().allMatch(label -> label.contains("face"))) {
            return FACES;
        }
        return labels.stream().allMatch(label -> label.contains("plate")) ? PLATES : OBJECTS;
    }
}
