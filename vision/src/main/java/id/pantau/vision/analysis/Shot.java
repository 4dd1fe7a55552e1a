package id.pantau.vision.analysis;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import java.time.Duration;

/// The best view of an object so far.
///
/// @param at media time
/// @param box where it is in the frame
/// @param frame whole, and nobody's to write to any more; may be shared with other shots
public record Shot(long track, Duration at, Box box, Frame frame) {}
