package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/// Libavformat's FLV muxer, which writes into memory. It makes `avcC` and `hvcC` of Annex B and
/// bare AAC of ADTS, and writes H.265 and Opus as Enhanced RTMP does. Confined to the thread that
/// made it.
final class FlvMuxer implements AutoCloseable {
    /// `AVFMT_FLAG_CUSTOM_IO` (libavformat/avformat.h), which JavaCPP does not bind.
    private static final int CUSTOM_IO = 0x80;

    private static final AVRational MILLISECONDS = new AVRational().num(1).den(1000);

    private final AVFormatContext context;
    private final List<AVStream> tracks = new ArrayList<>();
    private AVIOContext memory = new AVIOContext(null);

    /// @throws FfmpegException when it takes none of them
    FlvMuxer(List<AVCodecParameters> parameters) throws FfmpegException {
        context = new AVFormatContext(null);
        FfmpegException.check(
                avformat_alloc_output_context2(context, null, "flv", null), "the FLV muxer");
        try {
            for (AVCodecParameters one : parameters) {
                AVStream track = avformat_new_stream(context, null);
                FfmpegException.check(
                        avcodec_parameters_copy(track.codecpar(), one), "the codec parameters");
                track.codecpar().codec_tag(0); // the source's, which FLV does not know
                tracks.add(track);
            }
            context.flags(context.flags() | CUSTOM_IO);
            begin();
            writeHeader();
        } catch (FfmpegException e) {
            close();
            throw e;
        }
    }

    private void writeHeader() throws FfmpegException {
        var options = new AVDictionary(null);
        try {
            av_dict_set(options, "flvflags", "no_duration_filesize", 0);
            FfmpegException.check(avformat_write_header(context, options), "the FLV header");
        } finally {
            av_dict_free(options);
        }
    }

    /// @param packet its data is referred to until this returns; its times and track are changed
    void write(AVPacket packet, int track, PacketTimes.Times times) throws FfmpegException {
        AVStream target = tracks.get(track);
        packet.stream_index(track);
        packet.dts(av_rescale_q(times.dtsMs(), MILLISECONDS, target.time_base()));
        packet.pts(av_rescale_q(times.ptsMs(), MILLISECONDS, target.time_base()));
        packet.duration(0);
        packet.pos(-1);
        // Not the interleaving one: it holds pictures back for as long as a media track is silent.
        FfmpegException.check(av_write_frame(context, packet), "a packet");
    }

    /// What was written since the last time; empty when nothing was.
    ByteBuffer take() throws FfmpegException {
        var bytes = new BytePointer((Pointer) null);
        int size = avio_close_dyn_buf(memory, bytes);
        try {
            byte[] taken = new byte[Math.max(0, size)];
            if (size > 0) {
                bytes.get(taken);
            }
            return ByteBuffer.wrap(taken);
        } finally {
            av_free(bytes);
            begin();
        }
    }

    @Override
    public void close() {
        if (!memory.isNull()) {
            var bytes = new BytePointer((Pointer) null);
            avio_close_dyn_buf(memory, bytes);
            av_free(bytes);
            memory = new AVIOContext(null);
        }
        context.pb(null);
        avformat_free_context(context);
    }

    private void begin() throws FfmpegException {
        memory = new AVIOContext(null);
        FfmpegException.check(avio_open_dyn_buf(memory), "memory for FLV");
        context.pb(memory);
    }
}
