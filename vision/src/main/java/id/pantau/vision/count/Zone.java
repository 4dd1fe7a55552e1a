package id.pantau.vision.count;

import id.pantau.vision.Polygon;
import java.time.Duration;

/// A part of the picture that objects enter, stay in and leave.
///
/// @param id unique in its camera
/// @param dwell who stays so long loiters; zero: nobody does
public record Zone(String id, Polygon area, Duration dwell) {}
