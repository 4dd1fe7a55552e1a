package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import java.util.Random;

/// A pole in the wind.
///
/// @param mostPx to each side
public record Jitter(long seed, int mostPx) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        var random = new Random(seed + number * 7919L);
        return Shift.moved(
                frame, random.nextInt(-mostPx, mostPx + 1), random.nextInt(-mostPx, mostPx + 1));
    }
}
