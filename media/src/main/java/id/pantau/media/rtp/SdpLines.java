package id.pantau.media.rtp;

import id.pantau.media.MediaFormat;

/// What a session description says of a media track that a [Packetizer] sends.
///
/// @param media `video` or `audio`
/// @param payloadType 0..127; the static one for G.711 at 8000 Hz
/// @param rtpmap `H264/90000`: the value behind `a=rtpmap:<pt> `
/// @param fmtp the value behind `a=fmtp:<pt> `; empty when the line is left out
public record SdpLines(String media, int payloadType, String rtpmap, String fmtp) {
    /// @param dynamicPayloadType 96..127, used where there is no static one
    public static SdpLines of(MediaFormat format, int dynamicPayloadType) {
        throw new UnsupportedOperationException("being built");
    }
}
