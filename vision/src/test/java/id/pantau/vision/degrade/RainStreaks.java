package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Random;

/// Drops near the lens: thin bright lines, nearly upright, each in one picture only.
///
/// @param perPicture how many
public record RainStreaks(long seed, int perPicture) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        var random = new Random(seed + number * 7919L);
        Frame rain = Degradation.copy(frame);
        int width = rain.widthPx();
        int height = rain.heightPx();
        for (int i = 0; i < perPicture; i++) {
            int x = random.nextInt(2, width - 12);
            int y = random.nextInt(height);
            int length = random.nextInt(height / 20, height / 6);
            double slant = random.nextDouble(0.1);
            for (int line = 0; line < length && y + line < height; line++) {
                int at = (y + line) * width + x + (int) (line * slant);
                if (at + 1 < (y + line + 1) * width) {
                    rain.luma()[at] = Degradation.luma((rain.luma()[at] & 0xff) + 45);
                    rain.luma()[at + 1] = Degradation.luma((rain.luma()[at + 1] & 0xff) + 30);
                }
            }
        }
        return rain;
    }
}
