package id.pantau.vision.motion;

import id.pantau.vision.Box;

/// A connected part of the picture that differs from the background.
///
/// @param cells how many cells of the grid it has
/// @param score mean difference in steps of luma (0..255)
public record Blob(Box box, int cells, double score) {}
