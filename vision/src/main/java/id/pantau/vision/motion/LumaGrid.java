package id.pantau.vision.motion;

import id.pantau.vision.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A picture's luma on a coarse grid of square cells, [#COLUMNS] wide at most: what motion is
/// looked for in. Noise of single pixels and of the encoder is averaged away in it, and it is a
/// hundred times smaller than the picture.
public final class LumaGrid {
    private static final int COLUMNS = 160;

    /// Four pixels at once.
    private static final VarHandle FOUR =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int EVERY_SECOND = 0x00ff00ff;

    private final int cellPx;
    private final int columns;
    private final int rows;
    private final float[] cells;
    private final int[] sums; // of one row of cells

    public LumaGrid(int widthPx, int heightPx) {
        cellPx = Math.max(1, (widthPx + COLUMNS - 1) / COLUMNS);
        columns = Math.max(1, widthPx / cellPx);
        rows = Math.max(1, heightPx / cellPx);
        cells = new float[columns * rows];
        sums = new int[columns];
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /// 0..255, row by row; shared.
    public float[] cells() {
        return cells;
    }

    /// Whether it was made for frames of this size.
    public boolean fits(Frame frame) {
        return Math.max(1, (frame.widthPx() + COLUMNS - 1) / COLUMNS) == cellPx
                && Math.max(1, frame.widthPx() / cellPx) == columns
                && Math.max(1, frame.heightPx() / cellPx) == rows;
    }

    /// Every second line of pixels: half the work, and as good on this grid.
    public void read(Frame frame) {
        byte[] luma = frame.luma();
        int width = frame.widthPx();
        int step = cellPx >= 4 ? 2 : 1;
        int lines = (cellPx + step - 1) / step;
        float scale = 1f / (cellPx * lines);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            for (int line = 0; line < cellPx; line += step) {
                int at = (row * cellPx + line) * width;
                for (int column = 0; column < columns; column++) {
                    sums[column] += sum(luma, at);
                    at += cellPx;
                }
            }
            for (int column = 0; column < columns; column++) {
                cells[row * columns + column] = sums[column] * scale;
            }
        }
    }

    /// Of one cell in one line of pixels.
    private int sum(byte[] luma, int from) {
        int sum = 0;
        int at = from;
        int end = from + cellPx;
        for (; at + 4 <= end; at += 4) {
            int pixels = (int) FOUR.get(luma, at);
            int pairs = (pixels & EVERY_SECOND) + (pixels >>> 8 & EVERY_SECOND);
            sum += (pairs & 0xffff) + (pairs >>> 16);
        }
        for (; at < end; at++) {
            sum += luma[at] & 0xff;
        }
        return sum;
    }
}
