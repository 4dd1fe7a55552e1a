package id.pantau.vision.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_LAMBDA_SHIFT;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import id.pantau.vision.Frame;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/// Makes still pictures of frames: JFIF, 4:2:0, full range. Stateless: each picture has an encoder
/// of its own, which costs less than a thousandth of a second.
public final class JpegEncoder {
    /// Of 2 (best) to 31.
    private static final int QUANTISER = 4;

    /// From 16..235, and from 16..240 around 128, to 0..255 (ITU-R BT.601 §2.5.3).
    private static final byte[] LUMA = table(16, 219, 0);

    private static final byte[] CHROMA = table(128, 224, 128);

    private JpegEncoder() {}

    public static byte[] encode(Frame frame) throws DecodeException {
        AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
        AVCodecContext context = avcodec_alloc_context3(codec);
        AVFrame picture = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            context.width(frame.widthPx());
            context.height(frame.heightPx());
            context.pix_fmt(AV_PIX_FMT_YUVJ420P);
            context.color_range(AVCOL_RANGE_JPEG);
            context.time_base(new AVRational().num(1).den(25));
            context.thread_count(1);
            context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
            context.global_quality(QUANTISER * FF_QP2LAMBDA);
            check(avcodec_open2(context, codec, (AVDictionary) null));
            fill(picture, frame);
            picture.quality(QUANTISER << FF_LAMBDA_SHIFT);
            check(avcodec_send_frame(context, picture));
            check(avcodec_receive_packet(context, packet));
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            return jpeg;
        } finally {
            av_packet_free(packet);
            av_frame_free(picture);
            avcodec_free_context(context);
        }
    }

    private static void fill(AVFrame picture, Frame frame) throws DecodeException {
        picture.width(frame.widthPx());
        picture.height(frame.heightPx());
        picture.format(AV_PIX_FMT_YUVJ420P);
        picture.color_range(AVCOL_RANGE_JPEG);
        check(av_frame_get_buffer(picture, 0));
        boolean full = frame.fullRange();
        int width = frame.chromaWidthPx();
        int height = frame.chromaHeightPx();
        copy(full ? null : LUMA, frame.luma(), frame.widthPx(), frame.heightPx(), picture, 0);
        copy(full ? null : CHROMA, frame.blue(), width, height, picture, 1);
        copy(full ? null : CHROMA, frame.red(), width, height, picture, 2);
    }

    private static byte[] table(int from, int span, int to) {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            long value = Math.round((i - from) * 255.0 / span) + to;
            table[i] = (byte) Math.clamp(value, 0, 255);
        }
        return table;
    }

    private static void copy(
            byte @Nullable [] table,
            byte[] plane,
            int width,
            int height,
            AVFrame picture,
            int index) {
        BytePointer data = picture.data(index);
        int stride = picture.linesize(index);
        byte[] row = new byte[width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(plane, y * width, row, 0, width);
            if (table != null) {
                for (int x = 0; x < width; x++) {
                    row[x] = table[row[x] & 0xff];
                }
            }
            data.position((long) y * stride).put(row, 0, width);
        }
        data.position(0);
    }

    private static void check(int code) throws DecodeException {
        if (code < 0) {
            throw new DecodeException("a still picture cannot be made (FFmpeg %d)".formatted(code));
        }
    }
}
