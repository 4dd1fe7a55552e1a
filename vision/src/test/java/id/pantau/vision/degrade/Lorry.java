package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Arrays;

/// One that stands before the lens: its side, with a few seams, over most of the picture.
///
/// @param part of the width that it covers
public record Lorry(double part) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        Frame blocked = Degradation.copy(frame);
        int width = blocked.widthPx();
        int covered = (int) (part * width);
        for (int y = 0; y < blocked.heightPx(); y++) {
            byte paint = (byte) (y % 60 < 3 ? 70 : 150);
            Arrays.fill(blocked.luma(), y * width, y * width + covered, paint);
            for (int x = 40; x < covered; x += 80) {
                blocked.luma()[y * width + x] = 60;
            }
        }
        return blocked;
    }
}
