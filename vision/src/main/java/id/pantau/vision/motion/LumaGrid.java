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

    /// Eight pixels at once.
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EVERY_SECOND = 0x00ff00ff00ff00ffL;

    /// Pixels whose sum is in 32 bits of a lane, as two of 16 bits.
    private static final int QUAD = 4;

    private final int cellPx;
    private final int columns;
    private final int rows;
    private final float[] cells;
    private final long[] lanes; // of one row of cells: four times two pixels of a column each

    public LumaGrid(int widthPx, int heightPx) {
        cellPx = Math.max(1, (widthPx + COLUMNS - 1) / COLUMNS);
        columns = Math.max(1, widthPx / cellPx);
        rows = Math.max(1, heightPx / cellPx);
        cells = new float[columns * rows];
        lanes = new long[columns * cellPx / (2 * QUAD)];
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
        int step = cellPx >= QUAD ? 2 : 1;
        int lines = (cellPx + step - 1) / step;
        float scale = 1f / (cellPx * lines);
        boolean whole = columns * cellPx % (2 * QUAD) == 0 && cellPx % QUAD == 0;
        for (int row = 0; row < rows; row++) {
            int top = row * cellPx * frame.widthPx();
            if (whole) {
                addUp(frame, top, step);
                for (int column = 0; column < columns; column++) {
                    cells[row * columns + column] = sum(column) * scale;
                }
            } else {
                for (int column = 0; column < columns; column++) {
                    int sum = sum(frame, top + column * cellPx, step);
                    cells[row * columns + column] = sum * scale;
                }
            }
        }
    }

    /// The lines of one row of cells, eight pixels at once: 16 bits hold the sum of 128 of them.
    private void addUp(Frame frame, int top, int step) {
        byte[] luma = frame.luma();
        Arrays.fill(lanes, 0);
        for (int line = 0; line < cellPx; line += step) {
            int from = top + line * frame.widthPx();
            for (int i = 0; i < lanes.length; i++) {
                long pixels = (long) EIGHT.get(luma, from + i * 2 * QUAD);
                lanes[i] += (pixels & EVERY_SECOND) + (pixels >>> 8 & EVERY_SECOND);
            }
        }
    }

    /// Of one cell, from the lanes.
    private int sum(int column) {
        int quads = cellPx / QUAD;
        int sum = 0;
        for (int quad = column * quads; quad < (column + 1) * quads; quad++) {
            int pairs = (int) (lanes[quad >> 1] >>> (quad & 1) * Integer.SIZE);
            sum += (pairs & 0xffff) + (pairs >>> Short.SIZE);
        }
        return sum;
    }

    /// Of one cell whose width is no multiple of four.
    private int sum(Frame frame, int corner, int step) {
        byte[] luma = frame.luma();
        int sum = 0;
        for (int line = 0; line < cellPx; line += step) {
            int from = corner + line * frame.widthPx();
            for (int at = from; at < from + cellPx; at++) {
                sum += luma[at] & 0xff;
            }
        }
        return sum;
    }
}
