package id.pantau.vision.motion;

import id.pantau.vision.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Connected parts of a grid of cells. Gaps of one cell are bridged: an object whose middle has the
/// colour of the road is still one.
final class BlobFinder {
    /// More are noise or a crowd that nobody can tell apart.
    private static final int MOST = 200;

    private static final Comparator<Blob> LARGEST_FIRST =
            Comparator.comparingInt(Blob::cells).reversed();

    private final int columns;
    private final int rows;
    private final boolean[] open; // cells that belong to no blob yet
    private final int[] stack;

    BlobFinder(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.open = new boolean[columns * rows];
        this.stack = new int[columns * rows];
    }

    private static final class Extent {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = -1;
        int bottom = -1;
        int cells;
        double sum;

        void add(int column, int row, float difference) {
            left = Math.min(left, column);
            right = Math.max(right, column);
            top = Math.min(top, row);
            bottom = Math.max(bottom, row);
            cells++;
            sum += difference;
        }
    }

    /// @param difference per cell, in steps of luma
    /// @return those with at least `leastCells`, largest first
    List<Blob> find(boolean[] foreground, float[] difference, int leastCells) {
        System.arraycopy(foreground, 0, open, 0, open.length);
        var blobs = new ArrayList<Blob>();
        for (int start = 0; start < foreground.length; start++) {
            if (!open[start]) {
                continue;
            }
            Extent extent = fill(start, difference);
            if (extent.cells >= leastCells) {
                blobs.add(blob(extent));
            }
        }
        blobs.sort(LARGEST_FIRST);
        return List.copyOf(blobs.subList(0, Math.min(MOST, blobs.size())));
    }

    private Extent fill(int start, float[] difference) {
        var extent = new Extent();
        int depth = 0;
        stack[depth++] = start;
        open[start] = false;
        while (depth > 0) {
            int cell = stack[--depth];
            int column = cell % columns;
            int row = cell / columns;
            extent.add(column, row, difference[cell]);
            int firstRow = Math.max(0, row - 2);
            int lastRow = Math.min(rows - 1, row + 2);
            int firstColumn = Math.max(0, column - 2);
            int lastColumn = Math.min(columns - 1, column + 2);
            for (int y = firstRow; y <= lastRow; y++) {
                int last = y * columns + lastColumn;
                for (int neighbour = y * columns + firstColumn; neighbour <= last; neighbour++) {
                    if (open[neighbour]) {
                        open[neighbour] = false;
                        stack[depth++] = neighbour;
                    }
                }
            }
        }
        return extent;
    }

    private Blob blob(Extent extent) {
        var box =
                new Box(
                        (double) extent.left / columns,
                        (double) extent.top / rows,
                        (extent.right + 1.0) / columns,
                        (extent.bottom + 1.0) / rows);
        return new Blob(box, extent.cells, extent.sum / extent.cells);
    }
}
