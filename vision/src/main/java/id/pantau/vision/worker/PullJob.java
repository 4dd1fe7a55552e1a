package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/// Reads one stream through libavformat and sends it on as FLV, by copy, at the pace it plays.
/// Confined to its job's thread.
final class PullJob {
    private static final int TRY_AGAIN = -11; // AVERROR(EAGAIN) on Linux
    private static final long TRY_AGAIN_NANOS = 10_000_000;

    /// So many packets in a row that cannot be carried are no accident.
    private static final int MAX_BAD_PACKETS = 100;

    private static final long NO_KEY_FRAME_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final AVRational MILLISECONDS = new AVRational().num(1).den(1000);

    private final JobConnection connection;
    private final PullInput input;
    private final PacketTimes times = new PacketTimes();
    private final Pace pace = new Pace(System::nanoTime);
    private int badPackets;
    private boolean anyMedia;
    private final long startNanos = System.nanoTime();
    private boolean waitsForKeyFrame;

    private PullJob(JobConnection connection, PullInput input) {
        this.connection = connection;
        this.input = input;
        this.waitsForKeyFrame = input.hasVideo();
    }

    /// @throws IOException when the server does not want it any more
    static void run(PullRequest request, JobConnection connection) throws IOException {
        connection.end(outcome(request, connection));
    }

    private static StreamEnd outcome(PullRequest request, JobConnection connection)
            throws IOException {
        try (PullInput input = PullInput.open(request, connection::isWanted);
                var muxer = new FlvMuxer(input.parameters())) {
            return new PullJob(connection, input).copy(muxer);
        } catch (PullRefusedException refused) {
            return refused.end();
        } catch (FfmpegException e) {
            return new StreamEnd(Reason.PROTOCOL_ERROR, e.getMessage() + ".");
        } catch (LinkageError e) {
            return new StreamEnd(
                    Reason.PROTOCOL_ERROR, "FFmpeg is not available on this machine: " + e + ".");
        }
    }

    private StreamEnd copy(FlvMuxer muxer) throws FfmpegException, IOException {
        AVPacket packet = av_packet_alloc();
        try {
            connection.media(muxer.take());
            StreamEnd end = null;
            while (end == null) {
                end = step(packet, muxer);
            }
            return end;
        } finally {
            av_packet_free(packet);
        }
    }

    /// One packet.
    ///
    /// @return null to go on
    private @Nullable StreamEnd step(AVPacket packet, FlvMuxer muxer)
            throws FfmpegException, IOException {
        input.expectPacket();
        int code = av_read_frame(input.context(), packet);
        if (code == TRY_AGAIN && connection.isWanted()) {
            connection.sleep(TRY_AGAIN_NANOS);
            return null;
        }
        if (code < 0) {
            return code == AVERROR_EOF && !anyMedia
                    ? end(Reason.PROTOCOL_ERROR, "sent no picture and no sound")
                    : PullFailures.reading(code, input.host(), input.silence().toSeconds());
        }
        try {
            if (input.isLate(packet.stream_index())) {
                return end(
                        Reason.CONNECTION_LOST,
                        "sends both picture and sound by now: it is read again from the beginning");
            }
            if (isOfUse(packet)) {
                pass(packet, muxer);
            }
        } finally {
            av_packet_unref(packet);
        }
        if (waitsForKeyFrame && System.nanoTime() - startNanos > NO_KEY_FRAME_NANOS) {
            return end(Reason.NO_KEY_FRAME, "sent no key frame for 60 seconds");
        }
        return badPackets < MAX_BAD_PACKETS
                ? null
                : end(Reason.PROTOCOL_ERROR, "sends packets that make no sense");
    }

    /// A live stream is joined in the middle of a GOP: sound ahead of the first picture that can be
    /// decoded would look like a stream without a picture.
    private boolean isOfUse(AVPacket packet) {
        int stream = packet.stream_index();
        if (input.isVideo(stream) && (packet.flags() & AV_PKT_FLAG_KEY) != 0) {
            waitsForKeyFrame = false;
        }
        return !waitsForKeyFrame && input.trackOf(stream) >= 0 && packet.size() > 0;
    }

    private void pass(AVPacket packet, FlvMuxer muxer) throws FfmpegException, IOException {
        int track = input.trackOf(packet.stream_index());
        AVRational base = input.timeBaseOf(packet.stream_index());
        PacketTimes.Times when =
                times.next(track, millis(packet.dts(), base), millis(packet.pts(), base));
        long delay = pace.delayNanos(when.dtsMs());
        if (delay > 0) {
            connection.sleep(delay);
        }
        try {
            muxer.write(packet, track, when);
            badPackets = 0;
            anyMedia = true;
        } catch (FfmpegException _) {
            badPackets++; // one that a bitstream filter cannot read; the next one may be sound
        }
        ByteBuffer bytes = muxer.take();
        if (bytes.hasRemaining()) {
            connection.media(bytes);
        }
    }

    private StreamEnd end(Reason reason, String what) {
        return new StreamEnd(reason, "%s %s.".formatted(input.host(), what));
    }

    private static long millis(long time, AVRational base) {
        return time == AV_NOPTS_VALUE
                ? PacketTimes.UNKNOWN
                : av_rescale_q(time, base, MILLISECONDS);
    }
}
