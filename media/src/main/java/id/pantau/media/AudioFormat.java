package id.pantau.media;

/// How to decode an audio media track.
///
/// @param codec an audio codec
/// @param sampleRateHz of the RTP clock and the MP4 media track; 48000 for Opus (RFC 7587)
/// @param channels 1..8
/// @param config AAC: AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1); Opus: the body of `dOps`;
///   FLAC: the STREAMINFO block body (RFC 9639 §8.2); G.711: empty
public record AudioFormat(Codec codec, int sampleRateHz, int channels, Bytes config)
        implements MediaFormat {}
