package id.pantau.vision.worker;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Decodes what is analysed: roughly, without the loop filter, while nothing moves, which takes a
/// fifth less and shows as well that nothing does; and exactly where something moves. As soon as it
/// does, the running GOP is decoded once more: what moves is seen as it was encoded. Confined to
/// the thread that made it.
final class SceneDecoder implements AutoCloseable {
    /// What is left out adds up from picture to picture: not over GOPs that are longer.
    private static final long LONGEST_90K = 4 * 90_000;

    /// Nor where so much would have to be kept.
    private static final int MOST_BYTES = 2 << 20;

    private final VideoDecoder decoder;
    private final List<TimedUnit> gop = new ArrayList<>(); // decoded roughly so far
    private int gopBytes;
    private int given; // frames, of the GOP
    private long keyPts90k;
    private boolean begun;
    private boolean rough;
    private boolean still; // since the key frame

    /// @param decoder closed with this
    SceneDecoder(VideoDecoder decoder) {
        this.decoder = decoder;
    }

    /// Every frame must have been taken before.
    void send(TimedUnit unit) throws FfmpegException {
        long length90k = unit.pts90k() - keyPts90k;
        if (unit.keyFrame()) {
            begin(begun && still && length90k > 0 && length90k <= LONGEST_90K);
            begun = true;
            keyPts90k = unit.pts90k();
        } else if (rough && (length90k > LONGEST_90K || gopBytes > MOST_BYTES)) {
            moved();
        }
        if (rough) {
            gop.add(unit);
            gopBytes += unit.payload().remaining();
        }
        decode(unit);
    }

    /// @return the next frame in the order of display, valid until the next call; null when it
    ///   wants more first
    @Nullable AVFrame next() {
        AVFrame frame = decoder.next();
        given += frame == null ? 0 : 1;
        return frame;
    }

    /// Something moves in the frames that were taken last.
    void moved() {
        still = false;
        if (!rough) {
            return;
        }
        List<TimedUnit> again = List.copyOf(gop);
        int before = given;
        begin(false);
        still = false;
        decoder.forget();
        for (TimedUnit unit : again) {
            try {
                decode(unit);
            } catch (FfmpegException _) {
                continue; // it was damaged the first time, too
            }
            while (given < before && next() != null) {
                // seen before
            }
        }
    }

    private void begin(boolean roughly) {
        rough = roughly;
        still = true;
        given = 0;
        gop.clear();
        gopBytes = 0;
        decoder.smooth(!roughly);
    }

    private void decode(TimedUnit unit) throws FfmpegException {
        // Decoding times are not needed: libavcodec brings pictures into their order itself.
        decoder.send(unit.payload(), unit.pts90k(), unit.keyFrame());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
