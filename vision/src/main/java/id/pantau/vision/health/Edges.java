package id.pantau.vision.health;

import id.pantau.vision.motion.LumaGrid;

/// Where a grid has edges and how they lie, whatever the light: differences to the right and
/// downwards, of which large ones count little more than middling ones.
final class Edges {
    /// Steps of luma at which an edge counts half.
    private static final float HALF = 6;

    /// How far a camera that shakes is followed, in cells.
    private static final int SHAKE = 1;

    private final int columns;
    private final int rows;
    private final float[] across;
    private final float[] down;

    private Edges(int columns, int rows, float[] across, float[] down) {
        this.columns = columns;
        this.rows = rows;
        this.across = across;
        this.down = down;
    }

    static Edges of(LumaGrid grid) {
        int columns = grid.columns();
        int rows = grid.rows();
        float[] cells = grid.cells();
        var across = new float[cells.length];
        var down = new float[cells.length];
        for (int row = 1; row < rows - 1; row++) {
            for (int column = 1; column < columns - 1; column++) {
                int i = row * columns + column;
                float x = cells[i + 1] - cells[i - 1];
                float y = cells[i + columns] - cells[i - columns];
                float size = (float) Math.sqrt(x * x + y * y);
                across[i] = x / (size + HALF);
                down[i] = y / (size + HALF);
            }
        }
        return new Edges(columns, rows, across, down);
    }

    boolean fits(Edges other) {
        return columns == other.columns && rows == other.rows;
    }

    /// How much these are like others of the same size, -1..1; the best of where a camera that
    /// shakes may point.
    ///
    /// @param enough what is more alike than this is not compared further: mostly the camera stands
    ///   still
    double likeness(Edges other, double enough) {
        double best = likeness(other, 0);
        for (int y = -SHAKE; y <= SHAKE && best <= enough; y++) {
            for (int x = -SHAKE; x <= SHAKE; x++) {
                best = Math.max(best, likeness(other, y * columns + x));
            }
        }
        return best;
    }

    private double likeness(Edges other, int shift) {
        double both = 0;
        double here = 0;
        double there = 0;
        int margin = columns * SHAKE + SHAKE;
        for (int i = margin; i < across.length - margin; i++) {
            float x = across[i];
            float y = down[i];
            float otherX = other.across[i + shift];
            float otherY = other.down[i + shift];
            both += x * otherX + y * otherY;
            here += x * x + y * y;
            there += otherX * otherX + otherY * otherY;
        }
        return here == 0 || there == 0 ? 0 : both / Math.sqrt(here * there);
    }

    /// Becomes a little more like another of the same size.
    ///
    /// @param part 0: stays, 1: becomes it
    void follow(Edges other, float part) {
        for (int i = 0; i < across.length; i++) {
            across[i] += part * (other.across[i] - across[i]);
            down[i] += part * (other.down[i] - down[i]);
        }
    }
}
