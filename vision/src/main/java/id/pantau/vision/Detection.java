package id.pantau.vision;

/// One object that a detector found in one frame.
///
/// @param label of the model's list, `car`
/// @param score 0..1
public record Detection(Box box, String label, double score) {}
