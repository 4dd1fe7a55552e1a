package id.pantau.vision.health;

import id.pantau.vision.Frame;

/// What one picture is like, from every sixteenth line of it.
///
/// @param luma mean, in steps above black (0..219)
/// @param contrast mean difference of pixels eight apart
/// @param sharpness how much pixels differ from what lies between their neighbours, as part of the
///   contrast: the same in any light, less when blurred
/// @param streaks share of pixels on thin bright lines that stand upright
/// @param grey whether there is no colour: infrared light, at night
record PictureMeasure(
        double luma, double contrast, double sharpness, double streaks, boolean grey) {
    private static final int STEP = 16;
    private static final int FAR = 8;
    private static final int STREAK_STEPS = 10;

    /// Mean distance of chroma from its middle.
    private static final double LEAST_COLOUR = 1.5;

    static PictureMeasure of(Frame frame) {
        byte[] luma = frame.luma();
        int width = frame.widthPx();
        long sum = 0;
        long bent = 0;
        long far = 0;
        long streaks = 0;
        int pixels = 0;
        for (int y = STEP / 2; y + 2 < frame.heightPx(); y += STEP) {
            int row = y * width;
            for (int x = FAR; x < width - FAR; x++) {
                int value = luma[row + x] & 0xff;
                sum += value;
                int beside = (luma[row + x - 1] & 0xff) + (luma[row + x + 1] & 0xff);
                bent += Math.abs(2 * value - beside);
                far += Math.abs(value - (luma[row + x - FAR] & 0xff));
                streaks += isStreak(luma, row + x, width) ? 1 : 0;
                pixels++;
            }
        }
        if (pixels == 0) {
            return new PictureMeasure(0, 0, 0, 0, true);
        }
        double contrast = (double) far / pixels;
        return new PictureMeasure(
                (double) sum / pixels - (frame.fullRange() ? 0 : 16),
                contrast,
                contrast < 0.1 ? 0 : (double) bent / far,
                (double) streaks / pixels,
                colour(frame) < LEAST_COLOUR);
    }

    /// Brighter than both sides, here and two lines above and below, and like these.
    private static boolean isStreak(byte[] luma, int at, int width) {
        return isThin(luma, at) && isThin(luma, at - 2 * width) && isThin(luma, at + 2 * width);
    }

    private static boolean isThin(byte[] luma, int at) {
        int value = luma[at] & 0xff;
        return value - (luma[at - 3] & 0xff) > STREAK_STEPS
                && value - (luma[at + 3] & 0xff) > STREAK_STEPS;
    }

    private static double colour(Frame frame) {
        byte[] blue = frame.blue();
        byte[] red = frame.red();
        long sum = 0;
        int samples = 0;
        for (int i = 0; i < blue.length; i += 7) {
            sum += Math.abs((blue[i] & 0xff) - 128) + Math.abs((red[i] & 0xff) - 128);
            samples++;
        }
        return samples == 0 ? 0 : (double) sum / samples / 2;
    }
}
