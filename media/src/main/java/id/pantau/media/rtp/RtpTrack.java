package id.pantau.media.rtp;

import id.pantau.media.Codec;
import java.util.Map;

/// A media track as a session description announces it.
///
/// @param payloadType 0..127
/// @param clockRateHz of the RTP timestamps
/// @param channels 1 for video
/// @param fmtp format parameters, keys in lower case; values as written
public record RtpTrack(
        Codec codec, int payloadType, int clockRateHz, int channels, Map<String, String> fmtp) {
    public RtpTrack {
        fmtp = Map.copyOf(fmtp);
    }
}
