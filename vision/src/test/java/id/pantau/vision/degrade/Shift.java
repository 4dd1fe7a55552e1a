package id.pantau.vision.degrade;

import id.pantau.vision.Frame;

/// The camera was turned: what goes out at one side comes in at the other, mirrored, so that it is
/// something else.
///
/// @param x of the width, to the left
/// @param y of the height, upwards
public record Shift(double x, double y) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        return moved(frame, (int) (x * frame.widthPx()), (int) (y * frame.heightPx()));
    }

    static Frame moved(Frame frame, int xPx, int yPx) {
        var moved = new Frame(frame.widthPx(), frame.heightPx(), frame.fullRange());
        move(frame.luma(), moved.luma(), frame.widthPx(), frame.heightPx(), xPx, yPx);
        int width = frame.chromaWidthPx();
        int height = frame.chromaHeightPx();
        move(frame.blue(), moved.blue(), width, height, xPx / 2, yPx / 2);
        move(frame.red(), moved.red(), width, height, xPx / 2, yPx / 2);
        return moved;
    }

    private static void move(byte[] from, byte[] to, int width, int height, int xPx, int yPx) {
        for (int y = 0; y < height; y++) {
            int row = mirrored(y + yPx, height) * width;
            for (int x = 0; x < width; x++) {
                to[y * width + x] = from[row + mirrored(x + xPx, width)];
            }
        }
    }

    private static int mirrored(int at, int size) {
        int folded = Math.floorMod(at, 2 * size);
        return folded < size ? folded : 2 * size - 1 - folded;
    }
}
