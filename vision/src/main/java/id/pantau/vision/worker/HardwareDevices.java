package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_hw_config;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_get_type_name;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/// The devices of this machine that decode video, as far as FFmpeg knows of them: VAAPI, CUDA and
/// so on. Each is opened when the first decoder wants it, once for all, and stays open with the
/// process. Thread-safe.
final class HardwareDevices {
    private final boolean wanted;
    private final Map<Integer, Optional<AVBufferRef>> opened = new HashMap<>(); // guarded by this

    /// @param wanted false: there are none
    HardwareDevices(boolean wanted) {
        this.wanted = wanted;
    }

    /// @return a reference of its own to the first that can decode this, for the decoder's context
    ///   to release; null where none can
    synchronized @Nullable AVBufferRef find(AVCodec codec) {
        AVCodecHWConfig config;
        for (int i = 0; wanted && (config = avcodec_get_hw_config(codec, i)) != null; i++) {
            if ((config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
                AVBufferRef device =
                        opened.computeIfAbsent(config.device_type(), HardwareDevices::open)
                                .orElse(null);
                if (device != null) {
                    return av_buffer_ref(device);
                }
            }
        }
        return null;
    }

    private static Optional<AVBufferRef> open(int type) {
        var device = new AVBufferRef(null);
        int answer =
                av_hwdevice_ctx_create(device, type, (BytePointer) null, new AVDictionary(null), 0);
        if (answer < 0) {
            return Optional.empty();
        }
        // On the way to the server's log.
        System.out.println("video is decoded by " + av_hwdevice_get_type_name(type).getString());
        return Optional.of(device);
    }
}
