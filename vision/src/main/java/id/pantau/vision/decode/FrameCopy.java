package id.pantau.vision.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import id.pantau.vision.Frame;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/// Brings decoded pictures into Java arrays, converting the few that are not 4:2:0 with 8 bits.
/// Confined to one thread.
public final class FrameCopy implements AutoCloseable {
    private @Nullable Frame frame;
    private @Nullable AVFrame converted;
    private @Nullable SwsContext converter;

    /// @return valid until the next call, unless it is kept
    public Frame of(AVFrame picture) throws DecodeException {
        return of(picture, picture.color_range());
    }

    /// @param range of the colours, `AVCOL_RANGE_*`; where the picture itself has lost it
    public Frame of(AVFrame picture, int range) throws DecodeException {
        boolean plain =
                picture.format() == AV_PIX_FMT_YUV420P || picture.format() == AV_PIX_FMT_YUVJ420P;
        boolean full = picture.format() == AV_PIX_FMT_YUVJ420P || range == AVCOL_RANGE_JPEG;
        Frame target = room(picture.width(), picture.height(), full);
        AVFrame source = plain ? picture : convert(picture);
        copy(source, 0, target.luma(), target.widthPx(), target.heightPx());
        copy(source, 1, target.blue(), target.chromaWidthPx(), target.chromaHeightPx());
        copy(source, 2, target.red(), target.chromaWidthPx(), target.chromaHeightPx());
        return target;
    }

    /// The frame given last stays as it is from now on.
    public void keep() {
        frame = null;
    }

    private Frame room(int widthPx, int heightPx, boolean full) {
        Frame known = frame;
        if (known == null
                || known.widthPx() != widthPx
                || known.heightPx() != heightPx
                || known.fullRange() != full) {
            known = new Frame(widthPx, heightPx, full);
            frame = known;
        }
        return known;
    }

    /// By way of a buffer: JavaCPP would leave Java for each line of pixels.
    private static void copy(AVFrame source, int plane, byte[] to, int width, int height) {
        int stride = source.linesize(plane);
        ByteBuffer data =
                source.data(plane).capacity((long) stride * (height - 1) + width).asByteBuffer();
        if (stride == width) {
            data.get(0, to, 0, width * height);
            return;
        }
        for (int row = 0; row < height; row++) {
            data.get(row * stride, to, row * width, width);
        }
    }

    private AVFrame convert(AVFrame picture) throws DecodeException {
        AVFrame target = converted;
        if (target == null
                || target.width() != picture.width()
                || target.height() != picture.height()) {
            free();
            target = av_frame_alloc();
            converted = target;
            target.format(AV_PIX_FMT_YUV420P);
            target.width(picture.width());
            target.height(picture.height());
            if (av_frame_get_buffer(target, 0) < 0) {
                throw new DecodeException("no memory for a picture");
            }
        }
        converter =
                sws_getCachedContext(
                        converter,
                        picture.width(),
                        picture.height(),
                        picture.format(),
                        picture.width(),
                        picture.height(),
                        AV_PIX_FMT_YUV420P,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null);
        if (converter == null) {
            throw new DecodeException(
                    "pictures of pixel format %d cannot be read".formatted(picture.format()));
        }
        sws_scale(
                converter,
                picture.data(),
                picture.linesize(),
                0,
                picture.height(),
                target.data(),
                target.linesize());
        return target;
    }

    private void free() {
        if (converted != null) {
            av_frame_free(converted);
            converted = null;
        }
    }

    @Override
    public void close() {
        free();
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
    }
}
