package id.pantau.server.playback;

import java.time.Instant;

/// An exported range.
///
/// @param start capture time of its first picture
/// @param end capture time of the end of its last picture
/// @param gaps times missing inside, longer than 0.1 s
public record Clip(Instant start, Instant end, int gaps, Content content) {}
