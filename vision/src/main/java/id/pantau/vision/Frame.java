package id.pantau.vision;

/// A decoded picture: YUV 4:2:0, 8 bits a sample, planes without padding. The chroma planes have
/// half the width and height, rounded up. Whoever made it says how long it may be read.
public final class Frame {
    private final int widthPx;
    private final int heightPx;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;
    private final boolean fullRange;

    /// @param fullRange whether luma runs from 0 to 255 and not from 16 to 235
    public Frame(int widthPx, int heightPx, boolean fullRange) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.fullRange = fullRange;
        this.luma = new byte[widthPx * heightPx];
        this.blue = new byte[chromaWidthPx() * chromaHeightPx()];
        this.red = new byte[blue.length];
    }

    public int widthPx() {
        return widthPx;
    }

    public int heightPx() {
        return heightPx;
    }

    public int chromaWidthPx() {
        return (widthPx + 1) / 2;
    }

    public int chromaHeightPx() {
        return (heightPx + 1) / 2;
    }

    public boolean fullRange() {
        return fullRange;
    }

    /// Y, row by row; shared.
    public byte[] luma() {
        return luma;
    }

    /// Cb, row by row; shared.
    public byte[] blue() {
        return blue;
    }

    /// Cr, row by row; shared.
    public byte[] red() {
        return red;
    }

    /// The same picture in arrays of its own.
    public Frame copy() {
        var copy = new Frame(widthPx, heightPx, fullRange);
        System.arraycopy(luma, 0, copy.luma, 0, luma.length);
        System.arraycopy(blue, 0, copy.blue, 0, blue.length);
        System.arraycopy(red, 0, copy.red, 0, red.length);
        return copy;
    }
}
