package id.pantau.vision.health;

import java.time.Duration;

/// How good the pictures of one minute were for whoever counts in them.
///
/// @param from media time at which the minute began
/// @param dark a person would have to look twice
/// @param blurred less sharp than this camera is at other times
/// @param rainLike thin bright streaks that come and go
public record Quality(Duration from, boolean dark, boolean blurred, boolean rainLike) {}
