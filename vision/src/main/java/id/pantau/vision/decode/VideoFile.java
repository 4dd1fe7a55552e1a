package id.pantau.vision.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import id.pantau.vision.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/// The pictures of a media file, one after the other. Confined to the thread that opened it.
public final class VideoFile implements AutoCloseable {
    /// A frame of the file.
    ///
    /// @param index from 0, of the frames that could be decoded
    /// @param time since the file's first frame
    /// @param frame valid until the next call of [#next]
    public record TimedFrame(int index, Duration time, Frame frame) {}

    /// Pictures a second, as a fraction: 30000/1001 is no decimal number.
    public record FrameRate(int frames, int perSeconds) {
        static final FrameRate USUAL = new FrameRate(25, 1);

        public double fps() {
            return (double) frames / perSeconds;
        }
    }

    private final AVFormatContext context;
    private final AVPacket packet = av_packet_alloc();
    private final int stream;
    private final double secondsPerTick;
    private final FrameRate rate;
    private final VideoDecoder decoder;
    private int index;
    private long firstTicks = AV_NOPTS_VALUE;
    private boolean ended;

    private VideoFile(AVFormatContext context, int stream, VideoDecoder decoder) {
        this.context = context;
        this.stream = stream;
        this.decoder = decoder;
        AVStream video = context.streams(stream);
        this.secondsPerTick = av_q2d(video.time_base());
        int frames = video.avg_frame_rate().num();
        int perSeconds = video.avg_frame_rate().den();
        this.rate =
                frames > 0 && perSeconds > 0 ? new FrameRate(frames, perSeconds) : FrameRate.USUAL;
    }

    /// @throws DecodeException when it is no media file, or has no picture that can be decoded
    public static VideoFile open(Path file) throws DecodeException {
        if (!Files.isRegularFile(file)) {
            throw new DecodeException("%s is not there, or no file".formatted(file));
        }
        av_log_set_level(AV_LOG_QUIET);
        var context = new AVFormatContext(null);
        // `file:` keeps a name like `concat:a` or `http:b` from being taken for a protocol.
        int code =
                avformat_open_input(
                        context,
                        "file:" + file.toAbsolutePath(),
                        (AVInputFormat) null,
                        (AVDictionary) null);
        if (code < 0) {
            throw new DecodeException("%s is no media file".formatted(file));
        }
        try {
            avformat_find_stream_info(context, (PointerPointer<?>) null);
            int stream =
                    av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
            if (stream < 0) {
                throw new DecodeException("%s has no picture".formatted(file));
            }
            var decoder = new VideoDecoder(context.streams(stream).codecpar());
            return new VideoFile(context, stream, decoder);
        } catch (DecodeException e) {
            avformat_close_input(context);
            throw e;
        }
    }

    /// As the file's header says; zero when it does not.
    public Duration length() {
        return Duration.ofNanos(Math.max(0, context.duration()) * 1000);
    }

    /// On average, as the file says; 25 when it does not.
    public FrameRate rate() {
        return rate;
    }

    /// @return null at the end
    public @Nullable TimedFrame next() throws DecodeException {
        while (true) {
            Frame frame = decoder.receive();
            if (frame != null) {
                return timed(frame);
            }
            if (ended) {
                return null;
            }
            feed();
        }
    }

    private void feed() {
        if (av_read_frame(context, packet) < 0) {
            ended = true;
            decoder.send(null);
            return;
        }
        if (packet.stream_index() == stream) {
            decoder.send(packet);
        }
        av_packet_unref(packet);
    }

    private TimedFrame timed(Frame frame) {
        long ticks = decoder.pts();
        int number = index++;
        if (ticks == AV_NOPTS_VALUE) {
            return new TimedFrame(number, seconds(number / rate.fps()), frame);
        }
        if (firstTicks == AV_NOPTS_VALUE) {
            firstTicks = ticks;
        }
        return new TimedFrame(number, seconds((ticks - firstTicks) * secondsPerTick), frame);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    @Override
    public void close() {
        decoder.close();
        av_packet_free(packet);
        avformat_close_input(context);
    }
}
