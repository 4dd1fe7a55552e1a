package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.jspecify.annotations.Nullable;

/// The codecs that are recorded and served (`id.pantau.media.Codec`), by FFmpeg's numbers.
final class CarriedCodecs {
    private static final int G711_RATE_HZ = 8000; // FLV knows no other

    private CarriedCodecs() {}

    static boolean carries(int codec) {
        return codec == AV_CODEC_ID_H264
                || codec == AV_CODEC_ID_HEVC
                || codec == AV_CODEC_ID_AAC
                || codec == AV_CODEC_ID_OPUS
                || isG711(codec);
    }

    /// What is sent instead, to stand behind "sends"; null when it is carried.
    static @Nullable String complaint(AVCodecParameters parameters) {
        int codec = parameters.codec_id();
        if (!carries(codec)) {
            return "%s, which is not carried".formatted(avcodec_get_name(codec).getString());
        }
        int rate = parameters.sample_rate();
        int channels = parameters.ch_layout().nb_channels();
        if (isG711(codec) && (rate != G711_RATE_HZ || channels > 2)) {
            return "G.711 at %d Hz with %d channels; only 8000 Hz with one or two are carried"
                    .formatted(rate, channels);
        }
        return null;
    }

    private static boolean isG711(int codec) {
        return codec == AV_CODEC_ID_PCM_ALAW || codec == AV_CODEC_ID_PCM_MULAW;
    }
}
