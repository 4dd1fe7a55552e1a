package id.pantau.vision.worker;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.DecoderConfigurationRecord;
import id.pantau.vision.Polygon;
import java.util.List;

/// One key frame to be made a JPEG.
///
/// @param codec [Codec#H264] or [Codec#H265]
/// @param configuration body of its `avcC` or `hvcC`
/// @param maxWidthPx a wider picture is made smaller, in proportion
/// @param hidden parts that are made black
public record StillRequest(Codec codec, Bytes configuration, int maxWidthPx, List<Polygon> hidden)
        implements JobRequest {
    public static StillRequest of(VideoFormat video, int maxWidthPx, List<Polygon> hidden) {
        return new StillRequest(
                video.codec(), DecoderConfigurationRecord.write(video), maxWidthPx, hidden);
    }
}
