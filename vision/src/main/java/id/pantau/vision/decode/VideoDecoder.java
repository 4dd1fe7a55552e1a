package id.pantau.vision.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import id.pantau.vision.Frame;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// One libavcodec decoder of pictures, with one thread: many cameras share the cores better than
/// threads of one do. Confined to the thread that made it.
final class VideoDecoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame picture = av_frame_alloc();
    private final FrameCopy copy = new FrameCopy();

    VideoDecoder(AVCodecParameters parameters) throws DecodeException {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw new DecodeException("there is no decoder for this kind of video");
        }
        context = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(context, parameters);
        context.thread_count(1);
        if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            close();
            throw new DecodeException("the decoder does not take this video");
        }
    }

    /// @param packet null: the end; what is still inside comes out
    /// @return false for a damaged one, which does not keep the next from being read
    boolean send(@Nullable AVPacket packet) {
        return avcodec_send_packet(context, packet) >= 0;
    }

    /// @return null when it wants to be sent more; valid until the next call
    @Nullable Frame receive() throws DecodeException {
        return avcodec_receive_frame(context, picture) < 0 ? null : copy.of(picture);
    }

    /// Presentation time of the frame received last, in the stream's time base.
    long pts() {
        return picture.best_effort_timestamp();
    }

    @Override
    public void close() {
        copy.close();
        av_frame_free(picture);
        avcodec_free_context(context);
    }
}
