package id.pantau.vision.analysis;

import id.pantau.vision.Frame;
import id.pantau.vision.Polygon;
import java.util.Arrays;
import java.util.List;

/// Makes parts of a picture black, for good: what comes behind cannot see them. A pixel belongs to
/// a part when its centre does. Not thread-safe.
public final class Hiding {
    private static final byte NO_COLOUR = (byte) 128;

    private final List<Polygon> parts;
    private int widthPx;
    private int heightPx;
    private int[] luma = new int[0]; // runs of hidden pixels: first and behind the last
    private int[] chroma = new int[0];

    public Hiding(List<Polygon> parts) {
        this.parts = parts;
    }

    public void apply(Frame frame) {
        if (parts.isEmpty()) {
            return;
        }
        if (frame.widthPx() != widthPx || frame.heightPx() != heightPx) {
            widthPx = frame.widthPx();
            heightPx = frame.heightPx();
            luma = runs(widthPx, heightPx);
            chroma = runs(frame.chromaWidthPx(), frame.chromaHeightPx());
        }
        fill(frame.luma(), luma, frame.fullRange() ? (byte) 0 : (byte) 16);
        fill(frame.blue(), chroma, NO_COLOUR);
        fill(frame.red(), chroma, NO_COLOUR);
    }

    private static void fill(byte[] plane, int[] runs, byte value) {
        for (int i = 0; i < runs.length; i += 2) {
            Arrays.fill(plane, runs[i], runs[i + 1], value);
        }
    }

    private int[] runs(int width, int height) {
        int[] runs = new int[16];
        int count = 0;
        for (int row = 0; row < height; row++) {
            int begin = -1;
            for (int column = 0; column <= width; column++) {
                boolean hidden = column < width && isHidden(column, row, width, height);
                if (hidden && begin < 0) {
                    begin = row * width + column;
                } else if (!hidden && begin >= 0) {
                    if (count + 2 > runs.length) {
                        runs = Arrays.copyOf(runs, 2 * runs.length);
                    }
                    runs[count++] = begin;
                    runs[count++] = row * width + column;
                    begin = -1;
                }
            }
        }
        return Arrays.copyOf(runs, count);
    }

    private boolean isHidden(int column, int row, int width, int height) {
        double x = (column + 0.5) / width;
        double y = (row + 0.5) / height;
        return parts.stream().anyMatch(part -> part.contains(x, y));
    }
}
