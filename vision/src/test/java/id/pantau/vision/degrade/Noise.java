package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Random;

/// Of a sensor in little light.
///
/// @param deviation in steps of luma
public record Noise(long seed, double deviation) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        var random = new Random(seed + number * 7919L);
        Frame noisy = Degradation.copy(frame);
        byte[] luma = noisy.luma();
        for (int i = 0; i < luma.length; i++) {
            // three dice are near enough to a bell, and much quicker
            int bits = random.nextInt();
            double sum = (bits & 0x3ff) + (bits >> 10 & 0x3ff) + (bits >> 20 & 0x3ff) - 1534.5;
            luma[i] = Degradation.luma((luma[i] & 0xff) + sum / 512 * deviation);
        }
        return noisy;
    }
}
