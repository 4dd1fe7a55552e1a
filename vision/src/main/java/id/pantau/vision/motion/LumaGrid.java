package id.pantau.vision.motion;

import id.pantau.vision.Frame;

/// A picture's luma on a coarse grid of square cells, [#COLUMNS] wide at most: what motion is
/// looked for in. Noise of single pixels and of the encoder is averaged away in it, and it is a
/// hundred times smaller than the picture.
public final class LumaGrid {
    private static final int COLUMNS = 160;

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
            java.util.Arrays.fill(sums, 0);
            for (int line = 0; line < cellPx; line += step) {
                int at = (row * cellPx + line) * width;
                for (int column = 0; column < columns; column++) {
                    int sum = 0;
                    for (int i = 0; i < cellPx; i++) {
                        sum += luma[at++] & 0xff;
                    }
                    sums[column] += sum;
                }
            }
            for (int column = 0; column < columns; column++) {
                cells[row * columns + column] = sums[column] * scale;
            }
        }
    }
}
