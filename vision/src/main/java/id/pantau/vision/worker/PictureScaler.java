package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;

/// Makes frames of one size and pixel format fit: 8 bits, 4:2:0, no larger than allowed. Confined
/// to the thread that made it.
final class PictureScaler implements AutoCloseable {
    private static final int SMALLEST_PX = 16; // that the encoder takes

    private final int fromWidthPx;
    private final int fromHeightPx;
    private final int fromFormat;
    private final int widthPx;
    private final int heightPx;
    private final AVFrame scaled;
    private final SwsContext context;

    /// @param like what comes
    PictureScaler(AVFrame like, int maxWidthPx, int maxHeightPx) throws FfmpegException {
        fromWidthPx = like.width();
        fromHeightPx = like.height();
        fromFormat = like.format();
        double scale =
                Math.min(
                        1,
                        Math.min(
                                (double) maxWidthPx / fromWidthPx,
                                (double) maxHeightPx / fromHeightPx));
        widthPx = even(fromWidthPx * scale);
        heightPx = even(fromHeightPx * scale);
        scaled = av_frame_alloc();
        context =
                sws_getContext(
                        fromWidthPx,
                        fromHeightPx,
                        fromFormat,
                        widthPx,
                        heightPx,
                        AV_PIX_FMT_YUV420P,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null);
        try {
            FfmpegException.check(context == null ? -1 : 0, "a scaler");
            scaled.width(widthPx);
            scaled.height(heightPx);
            scaled.format(AV_PIX_FMT_YUV420P);
            FfmpegException.check(av_frame_get_buffer(scaled, 0), "a frame");
        } catch (FfmpegException e) {
            close();
            throw e;
        }
    }

    private static int even(double px) {
        return Math.max(SMALLEST_PX, (int) Math.round(px / 2) * 2);
    }

    int widthPx() {
        return widthPx;
    }

    int heightPx() {
        return heightPx;
    }

    boolean fits(AVFrame frame) {
        return frame.width() == fromWidthPx
                && frame.height() == fromHeightPx
                && frame.format() == fromFormat;
    }

    /// @return this scaler's until the next call, or what was given where nothing is to be done;
    ///   without its time
    AVFrame scale(AVFrame frame) throws FfmpegException {
        if (fromFormat == AV_PIX_FMT_YUV420P
                && widthPx == fromWidthPx
                && heightPx == fromHeightPx) {
            return frame;
        }
        FfmpegException.check(av_frame_make_writable(scaled), "a frame to write");
        FfmpegException.check(
                sws_scale(
                        context,
                        frame.data(),
                        frame.linesize(),
                        0,
                        fromHeightPx,
                        scaled.data(),
                        scaled.linesize()),
                "a smaller picture");
        return scaled;
    }

    @Override
    public void close() {
        sws_freeContext(context);
        av_frame_free(scaled);
    }
}
