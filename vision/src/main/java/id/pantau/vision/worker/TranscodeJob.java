package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Decodes pictures and encodes them as H.264, one at a time: the next one is read when the last
/// one is sent, so that what is too much for the machine backs up to the server, which drops it.
/// Confined to its job's thread.
final class TranscodeJob implements AutoCloseable {
    /// So many pictures in a row that cannot be decoded are no accident.
    private static final int MAX_BAD_UNITS = 100;

    private final TranscodeRequest request;
    private final JobConnection connection;
    private final VideoDecoder decoder;
    private @Nullable PictureScaler scaler;
    private @Nullable H264Encoder encoder;
    private int badUnits;

    private TranscodeJob(TranscodeRequest request, JobConnection connection)
            throws FfmpegException {
        this.request = request;
        this.connection = connection;
        av_log_set_level(AV_LOG_QUIET);
        this.decoder = new VideoDecoder(request.codec(), request.configuration());
    }

    /// @throws IOException when the server does not want it any more
    static void run(TranscodeRequest request, JobConnection connection) throws IOException {
        Niceness.lower(Niceness.TRANSCODE);
        connection.end(outcome(request, connection));
    }

    private static StreamEnd outcome(TranscodeRequest request, JobConnection connection)
            throws IOException {
        try (var job = new TranscodeJob(request, connection)) {
            return job.transcode(connection.units());
        } catch (FfmpegException e) {
            return new StreamEnd(Reason.PROTOCOL_ERROR, e.getMessage() + ".");
        } catch (LinkageError e) {
            return new StreamEnd(
                    Reason.PROTOCOL_ERROR, "FFmpeg is not available on this machine: " + e + ".");
        }
    }

    private StreamEnd transcode(UnitFrames units) throws FfmpegException, IOException {
        for (CodedUnit unit; (unit = units.next()) != null; ) {
            try {
                decoder.send(unit);
                badUnits = 0;
            } catch (FfmpegException _) {
                if (++badUnits == MAX_BAD_UNITS) {
                    return new StreamEnd(Reason.PROTOCOL_ERROR, "The pictures cannot be decoded.");
                }
            }
            encodeAll();
        }
        decoder.drain();
        encodeAll();
        return new StreamEnd(Reason.STOPPED, "Nothing more is to be encoded.");
    }

    private void encodeAll() throws FfmpegException, IOException {
        for (AVFrame frame; (frame = decoder.next()) != null; ) {
            long pts = frame.best_effort_timestamp();
            if (pts == AV_NOPTS_VALUE) {
                continue;
            }
            H264Encoder current = encoderFor(frame);
            current.send(scalerFor(frame).scale(frame), pts);
            for (CodedUnit unit; (unit = current.next()) != null; ) {
                connection.unit(unit);
            }
        }
    }

    private PictureScaler scalerFor(AVFrame frame) throws FfmpegException {
        PictureScaler current = scaler;
        if (current != null && current.fits(frame)) {
            return current;
        }
        closeOutput();
        var next = new PictureScaler(frame, request.maxWidthPx(), request.maxHeightPx());
        scaler = next;
        return next;
    }

    private H264Encoder encoderFor(AVFrame frame) throws FfmpegException {
        PictureScaler size = scalerFor(frame);
        H264Encoder current = encoder;
        if (current == null) {
            current = new H264Encoder(size, request);
            encoder = current;
        }
        return current;
    }

    private void closeOutput() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
        if (scaler != null) {
            scaler.close();
            scaler = null;
        }
    }

    @Override
    public void close() {
        closeOutput();
        decoder.close();
    }
}
