package id.pantau.vision.detect;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Fits frames, or parts of them, into a model's input: scaled bilinearly, from YUV to the channels
/// it wants in one pass, the rest grey. Holds the tables for one size of parts; not thread-safe.
public final class Letterbox {
    /// Where the picture lies in the input.
    public enum Fit {
        /// At the top left, its shape kept.
        TOP_LEFT,
        /// In the middle, its shape kept.
        CENTRE,
        /// All of the input, whatever shape it takes.
        STRETCH
    }

    private static final float PAD = 114;

    private final int widthPx;
    private final int heightPx;
    private final Normalization norm;
    private final Fit fit;
    private @Nullable LookWindow part; // that was filled in last
    private double scaleX;
    private double scaleY;
    private int leftPx;
    private int topPx;
    private int filledWidthPx;
    private int filledHeightPx;
    private int[] columnAt = new int[0];
    private int[] columnPart = new int[0]; // of 256
    private float[] first = new float[0];
    private float[] second = new float[0];
    private float[] third = new float[0];

    Letterbox(int widthPx, int heightPx, Normalization norm, Fit fit) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.norm = norm;
        this.fit = fit;
    }

    /// @param input `[3, height, width]`, one channel behind the other; filled from 0, the same one
    ///   each time
    void fill(Frame frame, FloatBuffer input) {
        fill(frame, LookWindow.whole(frame), input);
    }

    /// @param next of this frame
    /// @param input as above
    void fill(Frame frame, LookWindow next, FloatBuffer input) {
        LookWindow before = part;
        part = next;
        if (before == null
                || next.widthPx() != before.widthPx()
                || next.heightPx() != before.heightPx()) {
            prepare(next.widthPx(), next.heightPx(), input);
        }
        int plane = widthPx * heightPx;
        float[] blue = norm.redFirst() ? third : first;
        float[] red = norm.redFirst() ? first : third;
        for (int y = 0; y < filledHeightPx; y++) {
            row(frame, next, y, blue, second, red);
            int at = (topPx + y) * widthPx + leftPx;
            input.put(at, first, 0, filledWidthPx);
            input.put(plane + at, second, 0, filledWidthPx);
            input.put(2 * plane + at, third, 0, filledWidthPx);
        }
    }

    /// One row of the input, in the model's numbers.
    private void row(
            Frame frame, LookWindow from, int y, float[] blue, float[] green, float[] red) {
        double source = Math.clamp((y + 0.5) / scaleY - 0.5, 0, from.heightPx() - 1.0);
        int top = (int) source;
        int bottom = Math.min(from.heightPx() - 1, top + 1);
        int down = (int) ((source - top) * 256);
        byte[] luma = frame.luma();
        byte[] cb = frame.blue();
        byte[] cr = frame.red();
        int upper = (from.topPx() + top) * frame.widthPx() + from.leftPx();
        int lower = (from.topPx() + bottom) * frame.widthPx() + from.leftPx();
        int chroma = (from.topPx() + top) / 2 * frame.chromaWidthPx() + from.leftPx() / 2;
        int last = from.widthPx() - 1;
        // ITU-R BT.601, which cameras mean whatever their size; times 2^10
        int gain = frame.fullRange() ? 1024 : 1192;
        int offset = frame.fullRange() ? 0 : 16;
        int redByCr = frame.fullRange() ? 1436 : 1634;
        int greenByCb = frame.fullRange() ? 352 : 401;
        int greenByCr = frame.fullRange() ? 731 : 832;
        int blueByCb = frame.fullRange() ? 1815 : 2066;
        float perBlue = 1 / norm.deviationBlue();
        float perGreen = 1 / norm.deviationGreen();
        float perRed = 1 / norm.deviationRed();
        for (int x = 0; x < filledWidthPx; x++) {
            int left = columnAt[x];
            int right = Math.min(last, left + 1);
            int across = columnPart[x];
            int above =
                    (luma[upper + left] & 0xff) * (256 - across)
                            + (luma[upper + right] & 0xff) * across;
            int below =
                    (luma[lower + left] & 0xff) * (256 - across)
                            + (luma[lower + right] & 0xff) * across;
            int value = ((above * (256 - down) + below * down) >> 16) - offset;
            int u = (cb[chroma + left / 2] & 0xff) - 128;
            int v = (cr[chroma + left / 2] & 0xff) - 128;
            int base = value * gain;
            int r = Math.clamp((base + redByCr * v) >> 10, 0, 255);
            int g = Math.clamp((base - greenByCb * u - greenByCr * v) >> 10, 0, 255);
            int b = Math.clamp((base + blueByCb * u) >> 10, 0, 255);
            blue[x] = (b - norm.meanBlue()) * perBlue;
            green[x] = (g - norm.meanGreen()) * perGreen;
            red[x] = (r - norm.meanRed()) * perRed;
        }
    }

    private void prepare(int width, int height, FloatBuffer input) {
        scaleX = (double) widthPx / width;
        scaleY = (double) heightPx / height;
        if (fit != Fit.STRETCH) {
            scaleX = Math.min(scaleX, scaleY);
            scaleY = scaleX;
        }
        filledWidthPx = Math.clamp(Math.round(width * scaleX), 1, widthPx);
        filledHeightPx = Math.clamp(Math.round(height * scaleY), 1, heightPx);
        leftPx = fit == Fit.CENTRE ? (widthPx - filledWidthPx) / 2 : 0;
        topPx = fit == Fit.CENTRE ? (heightPx - filledHeightPx) / 2 : 0;
        columnAt = new int[filledWidthPx];
        columnPart = new int[filledWidthPx];
        first = new float[filledWidthPx];
        second = new float[filledWidthPx];
        third = new float[filledWidthPx];
        for (int x = 0; x < filledWidthPx; x++) {
            double source = Math.clamp((x + 0.5) / scaleX - 0.5, 0, width - 1.0);
            columnAt[x] = (int) source;
            columnPart[x] = (int) ((source - columnAt[x]) * 256);
        }
        if (filledWidthPx < widthPx || filledHeightPx < heightPx) {
            pad(input);
        }
    }

    private void pad(FloatBuffer input) {
        float blue = (PAD - norm.meanBlue()) / norm.deviationBlue();
        float green = (PAD - norm.meanGreen()) / norm.deviationGreen();
        float red = (PAD - norm.meanRed()) / norm.deviationRed();
        float[] channels = {norm.redFirst() ? red : blue, green, norm.redFirst() ? blue : red};
        int plane = widthPx * heightPx;
        float[] grey = new float[plane];
        for (int i = 0; i < channels.length; i++) {
            Arrays.fill(grey, channels[i]);
            input.put(i * plane, grey);
        }
    }

    /// From pixels of the input to fractions of the frame that was given last.
    Box toFrame(Box input) {
        LookWindow from = Objects.requireNonNull(part, "nothing was filled in");
        return new Box(
                        (from.leftPx() + (input.left() - leftPx) / scaleX) / from.frameWidthPx(),
                        (from.topPx() + (input.top() - topPx) / scaleY) / from.frameHeightPx(),
                        (from.leftPx() + (input.right() - leftPx) / scaleX) / from.frameWidthPx(),
                        (from.topPx() + (input.bottom() - topPx) / scaleY) / from.frameHeightPx())
                .clipped();
    }
}
