package id.pantau.vision.degrade;

import id.pantau.vision.Frame;

/// Out of focus, or a drop on the lens: each pixel is the mean of those around it.
///
/// @param radiusPx to each side
public record Blur(int radiusPx) implements Degradation {
    @Override
    public Frame degrade(Frame frame, int number) {
        Frame soft = Degradation.copy(frame);
        int width = soft.widthPx();
        int height = soft.heightPx();
        var across = new byte[width * height];
        for (int y = 0; y < height; y++) {
            line(frame.luma(), across, y * width, 1, width);
        }
        for (int x = 0; x < width; x++) {
            line(across, soft.luma(), x, width, height);
        }
        return soft;
    }

    private void line(byte[] from, byte[] to, int start, int step, int length) {
        int sum = 0;
        for (int i = -radiusPx; i <= radiusPx; i++) {
            sum += from[start + Math.clamp(i, 0, length - 1) * step] & 0xff;
        }
        for (int i = 0; i < length; i++) {
            to[start + i * step] = (byte) (sum / (2 * radiusPx + 1));
            sum += from[start + Math.min(length - 1, i + radiusPx + 1) * step] & 0xff;
            sum -= from[start + Math.max(0, i - radiusPx) * step] & 0xff;
        }
    }
}
