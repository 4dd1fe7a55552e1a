package id.pantau.media;

/// The decoder configuration of one media track.
public sealed interface MediaFormat permits VideoFormat, AudioFormat {
    Codec codec();
}
