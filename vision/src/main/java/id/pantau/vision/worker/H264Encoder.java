package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/// OpenH264, the one H.264 encoder of the FFmpeg that is shipped, which has to do without x264's
/// licence. Constrained baseline, no picture waits for a later one, a key frame every two seconds.
/// Confined to the thread that made it.
final class H264Encoder implements AutoCloseable {
    private static final String NAME = "libopenh264";
    private static final int TICKS_PER_SECOND = 90_000;
    private static final long KEY_FRAME_EVERY = 2 * TICKS_PER_SECOND;
    private static final double ASSUMED_FPS = 25;
    private static final int LEAST_BITS_PER_SECOND = 150_000;

    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private long nextKeyFrame = Long.MIN_VALUE;
    private long lastPts = Long.MIN_VALUE;

    /// @param fps of what comes; 0 when it is not known
    H264Encoder(PictureScaler size, TranscodeRequest request) throws FfmpegException {
        AVCodec encoder = avcodec_find_encoder_by_name(NAME);
        FfmpegException.check(encoder == null ? -1 : 0, "an H.264 encoder");
        context = avcodec_alloc_context3(encoder);
        var options = new AVDictionary(null);
        try {
            double fps = request.fps() > 0 ? request.fps() : ASSUMED_FPS;
            context.width(size.widthPx());
            context.height(size.heightPx());
            context.pix_fmt(AV_PIX_FMT_YUV420P);
            context.time_base(new AVRational().num(1).den(TICKS_PER_SECOND));
            context.framerate(new AVRational().num((int) Math.round(fps * 1000)).den(1000));
            context.bit_rate(bitsPerSecond(size, request));
            context.gop_size((int) Math.ceil(4 * fps)); // key frames are asked for, by time
            context.max_b_frames(0);
            context.thread_count(1);
            av_dict_set(options, "profile", "constrained_baseline", 0);
            av_dict_set(options, "rc_mode", "bitrate", 0);
            FfmpegException.check(avcodec_open2(context, encoder, options), "an H.264 encoder");
        } catch (FfmpegException e) {
            close();
            throw e;
        } finally {
            av_dict_free(options);
        }
    }

    /// By the number of pixels.
    private static long bitsPerSecond(PictureScaler size, TranscodeRequest request) {
        double share =
                (double) size.widthPx()
                        * size.heightPx()
                        / ((double) request.maxWidthPx() * request.maxHeightPx());
        return Math.max(LEAST_BITS_PER_SECOND, Math.round(share * request.maxBitsPerSecond()));
    }

    /// Every packet must have been taken before.
    ///
    /// @param pts90k of the frame
    void send(AVFrame frame, long pts90k) throws FfmpegException {
        long pts = Math.max(pts90k, lastPts + 1);
        boolean key = pts >= nextKeyFrame;
        lastPts = pts;
        if (key) {
            nextKeyFrame = pts + KEY_FRAME_EVERY;
        }
        frame.pts(pts);
        frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        FfmpegException.check(avcodec_send_frame(context, frame), "H.264");
    }

    /// @return null when it wants more first
    @Nullable CodedUnit next() {
        if (avcodec_receive_packet(context, packet) < 0) {
            return null;
        }
        try {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
            return new CodedUnit(key, packet.pts(), packet.pts(), ByteBuffer.wrap(bytes));
        } finally {
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        avcodec_free_context(context);
    }
}
