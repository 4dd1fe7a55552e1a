package id.pantau.vision.analysis;

/// How much of a camera was analysed, counted since its analysis began.
///
/// @param frames looked at for motion
/// @param moved of these, with motion
/// @param looked at by a detector
/// @param found of these, with something in them
/// @param passedOver that a detector should have looked at and was too slow for
public record Rates(long frames, long moved, long looked, long found, long passedOver) {}
