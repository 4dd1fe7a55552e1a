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

    private static final float LEAST_FLICKER = 0.7f;
    private static final float FIRST_FLICKER = 1.5f;

    private final float[] mean;
    private final float[] earlier; // NaN where there is nothing to remember
    private final float[] flicker;
    private final float[] before;
    private final float[] stillS;
    private double ageS;

    Background(float[] first) {
        mean = first.clone();
        before = first.clone();
        earlier = new float[first.length];
        flicker = new float[first.length];
        stillS = new float[first.length];
        Arrays.fill(earlier, Float.NaN);
        Arrays.fill(flicker, FIRST_FLICKER);
    }

    float mean(int cell) {
        return mean[cell];
    }

    float flicker(int cell) {
        return flicker[cell];
    }

    /// How far a value is from how the scene looks, or looked before something came to stand in it.
    float difference(int cell, float value) {
        float now = Math.abs(value - mean[cell]);
        float then = Math.abs(value - earlier[cell]);
        return then < now ? then : now; // false for NaN
    }

    /// @param shift how much brighter the whole picture is than the background
    /// @param foreground which cells differ
    void learn(float[] cells, float shift, boolean[] foreground, double seconds) {
        ageS += seconds;
        boolean first = ageS < FIRST_S;
        float follow = (float) (1 - Math.exp(-seconds / (first ? FIRST_FOLLOW_S : FOLLOW_S)));
        float enough = first ? FIRST_STILL_S : STILL_S;
        for (int i = 0; i < cells.length; i++) {
            float value = cells[i];
            if (foreground[i]) {
                boolean stands = Math.abs(value - before[i]) < STILL;
                stillS[i] = stands ? stillS[i] + (float) seconds : 0;
                if (stillS[i] > enough) {
                    earlier[i] = first ? Float.NaN : mean[i];
                    mean[i] = value;
                    stillS[i] = 0;
                }
            } else {
                stillS[i] = 0;
                if (Math.abs(value - shift - earlier[i]) < Math.abs(value - shift - mean[i])) {
                    float gone = mean[i];
                    mean[i] = earlier[i];
                    earlier[i] = gone;
                }
                float difference = value - mean[i];
                // The shift is part of what is learned: a cloud that stays becomes the scene.
                mean[i] += follow * difference;
                float off = Math.abs(difference - shift);
                flicker[i] = Math.max(LEAST_FLICKER, flicker[i] + follow * (off - flicker[i]));
            }
            before[i] = value;
        }
    }

    /// The scene is another one.
    void replace(float[] cells) {
        System.arraycopy(cells, 0, mean, 0, cells.length);
        System.arraycopy(cells, 0, before, 0, cells.length);
        Arrays.fill(earlier, Float.NaN);
        Arrays.fill(stillS, 0);
        ageS = 0;
    }
}
