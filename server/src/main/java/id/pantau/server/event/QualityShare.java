package id.pantau.server.event;

/// How good the pictures of some time were.
///
/// @param looked minutes that were analysed
/// @param dark minutes of those, as are the others
public record QualityShare(long looked, long dark, long blurred, long rainLike) {}
