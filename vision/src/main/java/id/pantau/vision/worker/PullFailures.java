package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DEMUXER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_BAD_REQUEST;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_OTHER_4XX;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_SERVER_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PROTOCOL_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_STREAM_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;

/// What the error codes of libavformat mean to a person. Sentences name the host and never the
/// whole URL.
final class PullFailures {
    /// Values of errno.h on Linux, negated as libavutil does.
    private static final int INPUT_OUTPUT = -5;

    private static final int ACCESS_DENIED = -13;

    private static final int UNREACHABLE_NETWORK = -101;
    private static final int RESET = -104;
    private static final int TIMED_OUT = -110;
    private static final int REFUSED = -111;
    private static final int UNREACHABLE_HOST = -113;

    private PullFailures() {}

    /// @param url for its kind alone
    /// @param seconds how long was waited, where that is the reason
    static StreamEnd opening(int code, String url, long seconds) {
        String host = PullUrl.host(url);
        if (code == AVERROR_EXIT || code == TIMED_OUT) {
            return new StreamEnd(
                    Reason.NO_ANSWER,
                    "%s sent no media within %d seconds.".formatted(host, seconds));
        }
        if (code == AVERROR_HTTP_UNAUTHORIZED
                || code == AVERROR_HTTP_FORBIDDEN
                || code == ACCESS_DENIED) {
            return new StreamEnd(
                    Reason.UNAUTHORIZED, "%s refuses the user name or password.".formatted(host));
        }
        if (code == AVERROR_HTTP_NOT_FOUND || code == AVERROR_STREAM_NOT_FOUND) {
            return new StreamEnd(Reason.NOT_FOUND, "%s knows no such path.".formatted(host));
        }
        if (code == INPUT_OUTPUT && url.startsWith("srt:")) { // all that it says of a silent port
            return new StreamEnd(Reason.UNREACHABLE, "%s does not answer by SRT.".formatted(host));
        }
        if (code == REFUSED || code == UNREACHABLE_HOST || code == UNREACHABLE_NETWORK) {
            return new StreamEnd(
                    Reason.UNREACHABLE, "%s does not answer: %s.".formatted(host, text(code)));
        }
        return new StreamEnd(
                Reason.PROTOCOL_ERROR,
                "FFmpeg cannot open the stream of %s: %s.".formatted(host, explained(code)));
    }

    static StreamEnd reading(int code, String host, long seconds) {
        if (code == AVERROR_EXIT || code == TIMED_OUT) {
            return new StreamEnd(
                    Reason.STALLED, "%s sent nothing for %d seconds.".formatted(host, seconds));
        }
        if (code == AVERROR_EOF) {
            return new StreamEnd(Reason.CLOSED_BY_CAMERA, "%s ended the stream.".formatted(host));
        }
        return new StreamEnd(
                Reason.CONNECTION_LOST,
                "The stream of %s broke off: %s.".formatted(host, explained(code)));
    }

    private static String explained(int code) {
        if (code == AVERROR_PROTOCOL_NOT_FOUND || code == AVERROR_DEMUXER_NOT_FOUND) {
            return "this build of FFmpeg does not know the protocol";
        }
        if (code == AVERROR_INVALIDDATA || code == AVERROR_DECODER_NOT_FOUND) {
            return "what answers is no stream that FFmpeg knows";
        }
        if (code == AVERROR_EOF || code == RESET) {
            return "the connection was closed";
        }
        if (code == AVERROR_HTTP_BAD_REQUEST
                || code == AVERROR_HTTP_OTHER_4XX
                || code == AVERROR_HTTP_SERVER_ERROR) {
            return "the server answers with an error or sends elsewhere (" + text(code) + ")";
        }
        return text(code);
    }

    private static String text(int code) {
        byte[] buffer = new byte[128]; // AV_ERROR_MAX_STRING_SIZE is 64
        av_strerror(code, buffer, buffer.length);
        int length = 0;
        while (length < buffer.length && buffer[length] != 0) {
            length++;
        }
        return new String(buffer, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    }
}
