package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Random;

/// Two headlights somewhere, and a veil of light around them.
public record HeadlightGlare(long seed) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        var random = new Random(seed + number / 3 * 7919L); // they come nearer for a while
        Frame glare = Degradation.copy(frame);
        int width = glare.widthPx();
        double x = (0.2 + 0.6 * random.nextDouble()) * width;
        double y = (0.3 + 0.5 * random.nextDouble()) * glare.heightPx();
        double apart = 0.04 * width;
        double radius = 0.05 * width * (1 + number % 3);
        for (int row = 0; row < glare.heightPx(); row++) {
            for (int column = 0; column < width; column++) {
                double left = Math.hypot(column - x, row - y);
                double right = Math.hypot(column - x - apart, row - y);
                double near = Math.min(left, right) / radius;
                double light = 220 / (1 + near * near * near);
                if (light > 1) {
                    int at = row * width + column;
                    glare.luma()[at] = Degradation.luma((glare.luma()[at] & 0xff) + light);
                }
            }
        }
        return glare;
    }
}
