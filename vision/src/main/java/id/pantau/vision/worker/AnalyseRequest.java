package id.pantau.vision.worker;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.DecoderConfigurationRecord;
import id.pantau.vision.analysis.SceneSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A stream to be watched for motion and objects.
///
/// @param codec [Codec#H264] or [Codec#H265]
/// @param configuration body of its `avcC` or `hvcC`
/// @param model file of the detector's model on the worker's machine; null: motion alone
/// @param weight its share of the detector where many want it
public record AnalyseRequest(
        Codec codec, Bytes configuration, @Nullable Path model, double weight, SceneSettings scene)
        implements JobRequest {
    public static AnalyseRequest of(
            VideoFormat video, @Nullable Path model, double weight, SceneSettings scene) {
        return new AnalyseRequest(
                video.codec(), DecoderConfigurationRecord.write(video), model, weight, scene);
    }
}
