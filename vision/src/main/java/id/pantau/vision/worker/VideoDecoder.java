package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/// One libavcodec decoder of one thread, so that no picture waits for another thread and no camera
/// takes more than its core. Confined to the thread that made it.
final class VideoDecoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final AVFrame fetched = av_frame_alloc(); // from a device

    /// On the processor.
    ///
    /// @param configuration body of `avcC` or `hvcC`
    VideoDecoder(Codec codec, Bytes configuration) throws FfmpegException {
        this(codec, configuration, new HardwareDevices(false));
    }

    /// On a device, where there is one that can; on the processor what it refuses.
    ///
    /// @param configuration body of `avcC` or `hvcC`
    VideoDecoder(Codec codec, Bytes configuration, HardwareDevices devices) throws FfmpegException {
        AVCodec decoder =
                avcodec_find_decoder(codec == Codec.H265 ? AV_CODEC_ID_HEVC : AV_CODEC_ID_H264);
        context = avcodec_alloc_context3(decoder);
        try {
            byte[] bytes = configuration.toArray();
            var extra = new BytePointer(av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE));
            extra.put(bytes);
            context.extradata(extra); // the context's to free
            context.extradata_size(bytes.length);
            context.pkt_timebase(new AVRational().num(1).den(90_000));
            context.thread_count(1);
            AVBufferRef device = devices.find(decoder);
            if (device != null) {
                context.hw_device_ctx(device); // the context's to release
            }
            FfmpegException.check(
                    avcodec_open2(context, decoder, (AVDictionary) null), "a decoder");
        } catch (FfmpegException e) {
            close();
            throw e;
        }
    }

    /// Every frame must have been taken before.
    void send(CodedUnit unit) throws FfmpegException {
        send(unit.payload(), unit.dts90k(), unit.pts90k(), unit.keyFrame());
    }

    /// As [#send(CodedUnit)], where nobody knows when it is to be decoded.
    ///
    /// @param payload NAL units behind their lengths in 32 bits
    void send(ByteBuffer payload, long pts90k, boolean keyFrame) throws FfmpegException {
        send(payload, AV_NOPTS_VALUE, pts90k, keyFrame);
    }

    private void send(ByteBuffer payload, long dts90k, long pts90k, boolean keyFrame)
            throws FfmpegException {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        FfmpegException.check(av_new_packet(packet, bytes.length), "a packet");
        try {
            packet.data().put(bytes);
            packet.dts(dts90k);
            packet.pts(pts90k);
            packet.flags(keyFrame ? AV_PKT_FLAG_KEY : 0);
            FfmpegException.check(avcodec_send_packet(context, packet), "a picture of this");
        } finally {
            av_packet_unref(packet);
        }
    }

    /// Whether blocks are smoothed where they meet (the loop filter), as the encoder has done it.
    /// Without, a picture takes a fifth less, and differs from what the encoder had until the next
    /// key frame. From the next unit on.
    void smooth(boolean smooth) {
        context.skip_loop_filter(smooth ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }

    /// The next unit has nothing to do with those before: what is held back is gone.
    void forget() {
        avcodec_flush_buffers(context);
    }

    /// Nothing comes any more: what is held back may be taken.
    void drain() {
        int unused = avcodec_send_packet(context, null);
    }

    /// @return the next frame in the order of display, this decoder's until the next call; null
    ///   when it wants more first
    @Nullable AVFrame next() {
        while (avcodec_receive_frame(context, frame) >= 0) {
            if (frame.hw_frames_ctx() == null) {
                return frame;
            }
            av_frame_unref(fetched);
            if (av_hwframe_transfer_data(fetched, frame, 0) >= 0
                    && av_frame_copy_props(fetched, frame) >= 0) {
                return fetched;
            }
        }
        return null;
    }

    @Override
    public void close() {
        av_frame_free(frame);
        av_frame_free(fetched);
        av_packet_free(packet);
        avcodec_free_context(context);
    }
}
