package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_program_from_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.vision.worker.Interrupts.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProgram;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/// A stream that libavformat has open, and which of its media tracks are read: the best picture (of
/// an HLS with several, the largest) and the first sound that belongs to it. Confined to the thread
/// that opened it.
final class PullInput implements AutoCloseable {
    /// What containers may come: not FFmpeg's scripts and lists of files.
    private static final String FORMATS =
            "hls,mpegts,flv,live_flv,mov,mp4,matroska,webm,mpeg,aac,rtsp,webvtt";

    /// How long an RTMP stream may take to bring what its metadata promises. One whose metadata is
    /// silent, or promises too much, begins so much later.
    private static final String ANALYZE_MICROS = "6000000";

    /// HLS comes a segment at a time, and those are up to 10 s long.
    private static final int HLS_PATIENCE = 3;

    private final PullRequest request;
    private final BooleanSupplier wanted;
    private final String host;
    private final AVFormatContext context;
    private final Watch watch;
    private volatile long deadlineNanos; // asked by libavformat's threads, too
    private Duration silence;
    private int video = -1;
    private int audio = -1;

    private PullInput(PullRequest request, BooleanSupplier wanted) {
        this.request = request;
        this.wanted = wanted;
        this.host = PullUrl.host(request.url());
        this.silence = request.silenceLimit();
        Library.load();
        this.context = avformat_alloc_context();
        this.watch = Interrupts.watch(context, this::isOver);
    }

    /// Blocks until the codecs are known.
    ///
    /// @param wanted asked often, also by other threads
    static PullInput open(PullRequest request, BooleanSupplier wanted) throws PullRefusedException {
        PullScheme scheme = PullScheme.of(request.url());
        if (scheme == null) {
            throw new PullRefusedException(
                    new StreamEnd(Reason.URL_REFUSED, "URLs of this kind are not read."));
        }
        var input = new PullInput(request, wanted);
        try {
            input.open(scheme);
            input.choose();
            return input;
        } catch (PullRefusedException e) {
            input.close();
            throw e;
        }
    }

    AVFormatContext context() {
        return context;
    }

    /// For sentences.
    String host() {
        return host;
    }

    Duration silence() {
        return silence;
    }

    /// What [FlvMuxer] is made of: its tracks are numbered by this list.
    List<AVCodecParameters> parameters() {
        var parameters = new ArrayList<AVCodecParameters>();
        if (video >= 0) {
            parameters.add(context.streams(video).codecpar());
        }
        if (audio >= 0) {
            parameters.add(context.streams(audio).codecpar());
        }
        return parameters;
    }

    /// @return the place in [#parameters], -1 for what is not read
    int trackOf(int stream) {
        if (stream == video) {
            return 0;
        }
        return stream != audio ? -1 : video >= 0 ? 1 : 0;
    }

    boolean hasVideo() {
        return video >= 0;
    }

    boolean isVideo(int stream) {
        return stream == video;
    }

    AVRational timeBaseOf(int stream) {
        return context.streams(stream).time_base();
    }

    /// Whether it is the picture or the sound of a stream that was taken for one without: RTMP says
    /// nowhere what will come, and an encoder may begin with sound.
    boolean isLate(int stream) {
        AVCodecParameters parameters = context.streams(stream).codecpar();
        int kind = parameters.codec_type();
        boolean missed =
                (video < 0 && kind == AVMEDIA_TYPE_VIDEO)
                        || (audio < 0 && kind == AVMEDIA_TYPE_AUDIO);
        return missed && CarriedCodecs.carries(parameters.codec_id());
    }

    /// From now on the silence counts.
    void expectPacket() {
        deadlineNanos = System.nanoTime() + silence.toNanos();
    }

    @Override
    public void close() {
        avformat_close_input(context); // frees it, also when it was never opened
        watch.close();
    }

    private void open(PullScheme scheme) throws PullRefusedException {
        allowToConnect();
        var options = new AVDictionary(null);
        int code;
        try {
            av_dict_set(options, "protocol_whitelist", scheme.protocols(), 0);
            av_dict_set(options, "format_whitelist", FORMATS, 0);
            av_dict_set(options, "fpsprobesize", "0", 0); // else 20 pictures are waited for
            if (scheme.options().containsKey("rtmp_live")) {
                av_dict_set(options, "analyzeduration", ANALYZE_MICROS, 0);
            }
            if (request.httpProxy() != null) {
                av_dict_set(options, "http_proxy", request.httpProxy(), 0);
            }
            scheme.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
            code = avformat_open_input(context, PullUrl.withCredentials(request), null, options);
        } finally {
            av_dict_free(options);
        }
        refuse(code);
        allowToConnect();
        refuse(avformat_find_stream_info(context, (PointerPointer<?>) null));
        AVInputFormat format = context.iformat();
        if (format.name().getString().equals("hls")) {
            silence = silence.multipliedBy(HLS_PATIENCE);
        }
    }

    private void refuse(int code) throws PullRefusedException {
        if (code < 0) {
            throw new PullRefusedException(
                    PullFailures.opening(code, request.url(), request.connectLimit().toSeconds()));
        }
    }

    private void allowToConnect() {
        deadlineNanos = System.nanoTime() + request.connectLimit().toNanos();
    }

    private boolean isOver() {
        return !wanted.getAsBoolean() || System.nanoTime() - deadlineNanos > 0;
    }

    private void choose() throws PullRefusedException {
        video = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        int sound = firstSound();
        for (int stream : new int[] {video, sound}) {
            String complaint =
                    stream < 0 ? null : CarriedCodecs.complaint(context.streams(stream).codecpar());
            if (complaint != null) {
                throw new PullRefusedException(
                        new StreamEnd(
                                Reason.UNSUPPORTED_CODEC,
                                "%s sends %s.".formatted(host, complaint)));
            }
        }
        audio = sound >= 0 && context.streams(sound).codecpar().sample_rate() > 0 ? sound : -1;
        if (video < 0 && audio < 0) {
            throw new PullRefusedException(
                    new StreamEnd(
                            Reason.UNSUPPORTED_CODEC,
                            "%s sends neither picture nor sound.".formatted(host)));
        }
        discardTheRest();
    }

    private int firstSound() {
        AVProgram program = video < 0 ? null : av_find_program_from_stream(context, null, video);
        if (program != null && !program.isNull()) {
            for (int i = 0; i < program.nb_stream_indexes(); i++) {
                int stream = program.stream_index().get(i);
                if (isSound(stream)) {
                    return stream;
                }
            }
        }
        for (int stream = 0; stream < context.nb_streams(); stream++) {
            if (isSound(stream)) {
                return stream;
            }
        }
        return -1;
    }

    private boolean isSound(int stream) {
        return context.streams(stream).codecpar().codec_type() == AVMEDIA_TYPE_AUDIO;
    }

    /// So that HLS does not fetch what nobody reads.
    private void discardTheRest() {
        for (int stream = 0; stream < context.nb_streams(); stream++) {
            AVStream one = context.streams(stream);
            boolean ofMissingKind = isSound(stream) ? audio < 0 : video < 0;
            if (stream != video && stream != audio && !ofMissingKind) {
                one.discard(AVDISCARD_ALL);
            }
        }
    }

    /// The native library, loaded by the first job. It must not print: it would print URLs.
    private static final class Library {
        static {
            av_log_set_level(AV_LOG_QUIET);
            avformat_network_init();
        }

        static void load() {
            // the initializer above has run
        }
    }
}
