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
/// @param model file of the detector's model on the worker's machine; for one on another machine
///   its name counts alone. Null: motion alone
/// @param modelSha256 of that file, in lower-case digits; empty where the path says it all
/// @param weight its share of the detector where many want it
public record AnalyseRequest(
        Codec codec,
        Bytes configuration,
        @Nullable Path model,
        String modelSha256,
        double weight,
        SceneSettings scene)
        implements JobRequest {
    public static AnalyseRequest of(
            VideoFormat video, @Nullable Path model, double weight, SceneSettings scene) {
        return new AnalyseRequest(
                video.codec(), DecoderConfigurationRecord.write(video), model, "", weight, scene);
    }

    /// The same for a worker that knows the model by its checksum.
    public AnalyseRequest withModelSha256(String sha256) {
        return new AnalyseRequest(codec, configuration, model, sha256, weight, scene);
    }

    /// The same with the model's file somewhere else.
    AnalyseRequest withModel(@Nullable Path file) {
        return new AnalyseRequest(codec, configuration, file, modelSha256, weight, scene);
    }
}
