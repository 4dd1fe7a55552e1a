package id.pantau.media.codec;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import java.util.List;

/// Makes a [VideoFormat] from parameter sets.
public final class VideoParameters {
    private VideoParameters() {}

    /// @param codec [Codec#H264] or [Codec#H265]
    /// @param vps empty for H.264
    /// @param sps NAL units with header; the first one gives size and rate
    /// @param pps NAL units with header
    /// @throws MalformedBitstreamException if a list that is needed is empty, or the first SPS
    ///   cannot be read
    public static VideoFormat format(Codec codec, List<Bytes> vps, List<Bytes> sps, List<Bytes> pps)
            throws MalformedBitstreamException {
        if (sps.isEmpty() || pps.isEmpty() || (codec == Codec.H265 && vps.isEmpty())) {
            throw new MalformedBitstreamException("parameter sets are missing");
        }
        if (codec == Codec.H265) {
            var first = H265Sps.parse(sps.getFirst().buffer());
            return new VideoFormat(
                    codec,
                    first.widthPx(),
                    first.heightPx(),
                    first.fps(),
                    first.reorderDepth(),
                    vps,
                    sps,
                    pps);
        }
        var first = H264Sps.parse(sps.getFirst().buffer());
        return new VideoFormat(
                codec,
                first.widthPx(),
                first.heightPx(),
                first.fps(),
                first.reorderDepth().orElse(0),
                List.of(),
                sps,
                pps);
    }
}
