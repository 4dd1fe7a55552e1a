package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Arrays;

/// Less light.
///
/// @param exponent above 1 is darker
/// @param colour false: infrared, without any
public record Gamma(double exponent, boolean colour) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        Frame dark = Degradation.copy(frame);
        byte[] luma = dark.luma();
        for (int i = 0; i < luma.length; i++) {
            double part = Math.max(0, (luma[i] & 0xff) - 16) / 219.0;
            luma[i] = Degradation.luma(16 + 219 * Math.pow(part, exponent));
        }
        if (!colour) {
            Arrays.fill(dark.blue(), (byte) 128);
            Arrays.fill(dark.red(), (byte) 128);
        }
        return dark;
    }
}
