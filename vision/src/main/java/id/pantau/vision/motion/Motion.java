package id.pantau.vision.motion;

import java.util.BitSet;
import java.util.List;

/// What moved in one frame.
///
/// @param score share of the picture that differs from the background, 0..1
/// @param blobs largest first
/// @param cells the cells that differ, row by row, on a grid of `columns` and `rows`; a copy
/// @param unsettled the whole picture has changed (light, exposure, the camera itself): nothing can
///   be said of single objects
public record Motion(
        double score, List<Blob> blobs, BitSet cells, int columns, int rows, boolean unsettled) {}
