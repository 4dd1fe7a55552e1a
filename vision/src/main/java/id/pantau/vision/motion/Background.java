package id.pantau.vision.motion;

import java.util.Arrays;

/// How the empty scene looks on the grid, and how much each cell flickers. Adapts with time, not
/// with frames. What has stood still for a while becomes part of the scene; how it looked before is
/// kept, so that a car that drives away leaves no hole behind that looks like a car.
final class Background {
    /// How fast what looks like background is followed, in seconds.
    private static final double FOLLOW_S = 8;

    /// How fast it is in the beginning, when the first frames may show objects.
    private static final double FIRST_FOLLOW_S = 0.8;

    private static final double FIRST_S = 2;

    /// Foreground that has stood still for so long is background.
    private static final float STILL_S = 20;

    private static final float FIRST_STILL_S = 0.7f;

    /// Steps of luma between two frames: below, a cell stands still.
    private static final float STILL = 4;

    /// Unlike any luma: there is nothing to remember.
    private static final float NOTHING = 1e6f;

    /// Steps of luma by which a value may be outside of those around it.
    private static final float NEAR = 2;

    private static final float LEAST_FLICKER = 0.7f;
    private static final float FIRST_FLICKER = 1.5f;

    private final float[] mean;
    private final float[] earlier; // or NOTHING
    private final float[] flicker;
    private final float[] before;
    private final float[] stillS;
    private final float[] part; // by which a cell follows what is seen
    private boolean standing; // something may stand still, or is remembered
    private double ageS;

    Background(float[] first) {
        mean = first.clone();
        before = first.clone();
        earlier = new float[first.length];
        flicker = new float[first.length];
        stillS = new float[first.length];
        part = new float[first.length];
        Arrays.fill(earlier, NOTHING);
        Arrays.fill(flicker, FIRST_FLICKER);
    }

    float mean(int cell) {
        return mean[cell];
    }

    /// Whether a value is between those of the cells around: it may come from a camera that shakes,
    /// whose edges tremble by less than a cell.
    ///
    /// @param cell not one at the edge of the grid
    boolean isNearby(float value, int cell, int columns) {
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (int row = cell - columns; row <= cell + columns; row += columns) {
            least = Math.min(least, Math.min(mean[row - 1], Math.min(mean[row], mean[row + 1])));
            most = Math.max(most, Math.max(mean[row - 1], Math.max(mean[row], mean[row + 1])));
        }
        return value >= least - NEAR && value <= most + NEAR;
    }

    /// How far each cell is from how the scene looks, or looked before something came to stand in
    /// it, and by how much that is more than it must be. Without a branch, so that it is done for
    /// several cells at once.
    ///
    /// @param threshold in steps of luma
    /// @param flickers times a cell's usual flicker
    void compare(
            float[] cells,
            float shift,
            float threshold,
            float flickers,
            float[] difference,
            float[] excess) {
        for (int i = 0; i < cells.length; i++) {
            float value = cells[i] - shift;
            float off = Math.min(Math.abs(value - mean[i]), Math.abs(value - earlier[i]));
            difference[i] = off;
            excess[i] = off - Math.max(threshold, flickers * flicker[i]);
        }
    }

    /// @param shift how much brighter the whole picture is than the background
    /// @param foreground which cells differ
    /// @param anything whether there is one
    void learn(float[] cells, float shift, boolean[] foreground, boolean anything, double seconds) {
        ageS += seconds;
        boolean first = ageS < FIRST_S;
        float follow = (float) (1 - Math.exp(-seconds / (first ? FIRST_FOLLOW_S : FOLLOW_S)));
        Arrays.fill(part, follow);
        if (standing || anything) {
            stand(cells, shift, foreground, (float) seconds, first);
        }
        follow(cells, shift);
        System.arraycopy(cells, 0, before, 0, cells.length);
    }

    /// What stands in the scene, comes to be part of it, or has gone.
    private void stand(
            float[] cells, float shift, boolean[] foreground, float seconds, boolean first) {
        float enough = first ? FIRST_STILL_S : STILL_S;
        boolean any = false;
        for (int i = 0; i < cells.length; i++) {
            float value = cells[i];
            if (foreground[i]) {
                part[i] = 0;
                boolean stands = Math.abs(value - before[i]) < STILL;
                stillS[i] = stands ? stillS[i] + seconds : 0;
                if (stillS[i] > enough) {
                    earlier[i] = first ? NOTHING : mean[i];
                    mean[i] = value;
                    stillS[i] = 0;
                }
                any = true;
            } else {
                stillS[i] = 0;
                if (Math.abs(value - shift - earlier[i]) < Math.abs(value - shift - mean[i])) {
                    float gone = mean[i];
                    mean[i] = earlier[i];
                    earlier[i] = gone;
                }
            }
            any |= earlier[i] != NOTHING;
        }
        standing = any;
    }

    /// Without a branch, as [#compare].
    private void follow(float[] cells, float shift) {
        for (int i = 0; i < cells.length; i++) {
            float difference = cells[i] - mean[i];
            // The shift is part of what is learned: a cloud that stays becomes the scene.
            mean[i] += part[i] * difference;
            float off = Math.abs(difference - shift);
            flicker[i] = Math.max(LEAST_FLICKER, flicker[i] + part[i] * (off - flicker[i]));
        }
    }

    /// The scene is another one.
    void replace(float[] cells) {
        System.arraycopy(cells, 0, mean, 0, cells.length);
        System.arraycopy(cells, 0, before, 0, cells.length);
        Arrays.fill(earlier, NOTHING);
        Arrays.fill(stillS, 0);
        standing = false;
        ageS = 0;
    }
}
