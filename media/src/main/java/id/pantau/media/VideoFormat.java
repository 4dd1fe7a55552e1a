package id.pantau.media;

import java.util.List;

/// How to decode a video media track. Two equal formats decode with one decoder configuration.
///
/// @param codec [Codec#H264] or [Codec#H265]
/// @param widthPx of the cropped picture, from the SPS
/// @param heightPx of the cropped picture, from the SPS
/// @param fps from the SPS timing information; 0 when it says nothing
/// @param reorderDepth how many pictures may precede one in decoding order and follow it in output
///   order; 0 means decode order is display order
/// @param vps NAL units with header, without start code; empty for H.264
/// @param sps NAL units with header, at least one
/// @param pps NAL units with header, at least one
public record VideoFormat(
        Codec codec,
        int widthPx,
        int heightPx,
        double fps,
        int reorderDepth,
        List<Bytes> vps,
        List<Bytes> sps,
        List<Bytes> pps)
        implements MediaFormat {
    public VideoFormat {
        vps = List.copyOf(vps);
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }
}
