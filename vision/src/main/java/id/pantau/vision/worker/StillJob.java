package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.vision.Frame;
import id.pantau.vision.analysis.Hiding;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.FrameCopy;
import id.pantau.vision.decode.JpegEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// Makes one key frame a JPEG. Confined to its job's thread.
final class StillJob {
    private StillJob() {}

    /// @throws IOException when the server does not want it any more
    static void run(StillRequest request, JobConnection connection) throws IOException {
        Niceness.lower(Niceness.DETECTION);
        av_log_set_level(AV_LOG_QUIET);
        CodedUnit unit = connection.units().next();
        if (unit == null) {
            return;
        }
        connection.end(outcome(request, connection, unit));
    }

    private static StreamEnd outcome(StillRequest request, JobConnection connection, CodedUnit unit)
            throws IOException {
        try (var decoder = new VideoDecoder(request.codec(), request.configuration())) {
            decoder.send(unit);
            decoder.drain();
            AVFrame frame = decoder.next();
            if (frame == null) {
                return new StreamEnd(Reason.PROTOCOL_ERROR, "The picture cannot be decoded.");
            }
            byte[] jpeg = encode(request, frame);
            connection.frame(StillProtocol.JPEG, ByteBuffer.wrap(jpeg));
            return new StreamEnd(Reason.STOPPED, "That was all.");
        } catch (FfmpegException | DecodeException e) {
            return new StreamEnd(Reason.PROTOCOL_ERROR, e.getMessage() + ".");
        }
    }

    private static byte[] encode(StillRequest request, AVFrame frame)
            throws FfmpegException, DecodeException {
        int width = Math.min(request.maxWidthPx(), frame.width());
        try (var scaler = new PictureScaler(frame, width, frame.height());
                var copy = new FrameCopy()) {
            AVFrame scaled = scaler.scale(frame);
            Frame picture = copy.of(scaled, frame.color_range());
            new Hiding(request.hidden()).apply(picture);
            return JpegEncoder.encode(picture);
        }
    }
}
