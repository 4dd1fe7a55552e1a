package id.pantau.media.hls;

/// A tag as it stands in a playlist.
///
/// @param name without `#`: `EXT-X-KEY`
/// @param value behind the colon; empty without one
public record PlaylistTag(String name, String value) {}
