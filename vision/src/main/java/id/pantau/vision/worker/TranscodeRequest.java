package id.pantau.vision.worker;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.DecoderConfigurationRecord;

/// Pictures to be encoded anew as H.264, constrained baseline, that every browser decodes.
///
/// @param codec [Codec#H264] or [Codec#H265], of what comes
/// @param configuration body of its `avcC` or `hvcC`
/// @param fps of what comes; 0 when it is not known
/// @param maxWidthPx larger pictures are made smaller, in proportion
/// @param maxHeightPx likewise
/// @param maxBitsPerSecond for pictures of that size; smaller ones get less
public record TranscodeRequest(
        Codec codec,
        Bytes configuration,
        double fps,
        int maxWidthPx,
        int maxHeightPx,
        int maxBitsPerSecond)
        implements JobRequest {
    private static final int WIDTH_PX = 1280;
    private static final int HEIGHT_PX = 720;
    private static final int BITS_PER_SECOND = 2_000_000;

    /// With the limits of live viewing: 1280x720, 2 Mbit/s.
    public static TranscodeRequest of(VideoFormat video) {
        return new TranscodeRequest(
                video.codec(),
                DecoderConfigurationRecord.write(video),
                video.fps(),
                WIDTH_PX,
                HEIGHT_PX,
                BITS_PER_SECOND);
    }
}
