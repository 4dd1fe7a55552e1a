package id.pantau.vision.overlay;

import id.pantau.vision.Frame;

/// Draws on one picture after the other; what lies outside is cut off. As colour has half the
/// resolution, a thing that is to have one is two pixels thick at least. Not thread-safe.
final class Pen {
    private final BitmapFont font = new BitmapFont();
    private Frame frame = new Frame(0, 0, false);
    private int scale = 1;

    /// What is drawn next is drawn there.
    void take(Frame next) {
        frame = next;
        scale = Math.max(1, Math.round(next.heightPx() / 360f));
    }

    /// Of lines and of the sides of boxes, in pixels.
    int thicknessPx() {
        return 2 * scale;
    }

    int textHeightPx() {
        return (BitmapFont.HEIGHT + 2) * scale;
    }

    int textWidthPx(String text) {
        return (text.length() * BitmapFont.ADVANCE + 1) * scale;
    }

    /// The rectangle from the first point to before the second.
    void fill(int left, int top, int right, int bottom, Colour colour) {
        int fromX = Math.max(0, left);
        int fromY = Math.max(0, top);
        int untilX = Math.min(frame.widthPx(), right);
        int untilY = Math.min(frame.heightPx(), bottom);
        byte luma = luma(colour);
        for (int y = fromY; y < untilY; y++) {
            for (int x = fromX; x < untilX; x++) {
                frame.luma()[y * frame.widthPx() + x] = luma;
            }
        }
        int width = frame.chromaWidthPx();
        for (int y = fromY / 2; y < (untilY + 1) / 2; y++) {
            for (int x = fromX / 2; x < (untilX + 1) / 2; x++) {
                frame.blue()[y * width + x] = (byte) colour.blue();
                frame.red()[y * width + x] = (byte) colour.red();
            }
        }
    }

    /// @param dashed half of it is left out
    void box(int left, int top, int right, int bottom, Colour colour, boolean dashed) {
        int thick = thicknessPx();
        int step = 4 * thick;
        int dash = dashed ? step / 2 : step;
        for (int x = left; x < right; x += step) {
            int until = Math.min(right, x + dash);
            fill(x, top, until, top + thick, colour);
            fill(x, bottom - thick, until, bottom, colour);
        }
        for (int y = top; y < bottom; y += step) {
            int until = Math.min(bottom, y + dash);
            fill(left, y, left + thick, until, colour);
            fill(right - thick, y, right, until, colour);
        }
    }

    void line(int fromX, int fromY, int toX, int toY, Colour colour) {
        int thick = thicknessPx();
        int steps = Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
        for (int i = 0; i <= steps; i++) {
            int x = fromX + Math.round((float) (toX - fromX) * i / steps) - thick / 2;
            int y = fromY + Math.round((float) (toY - fromY) * i / steps) - thick / 2;
            fill(x, y, x + thick, y + thick, colour);
        }
    }

    /// Black on a ground of that colour, moved so that it lies within the picture as far as it
    /// fits.
    void text(String text, int left, int top, Colour ground) {
        int x = Math.max(0, Math.min(left, frame.widthPx() - textWidthPx(text)));
        int y = Math.max(0, Math.min(top, frame.heightPx() - textHeightPx()));
        fill(x, y, x + textWidthPx(text), y + textHeightPx(), ground);
        for (int i = 0; i < text.length(); i++) {
            letter(text.charAt(i), x + (i * BitmapFont.ADVANCE + 1) * scale, y + scale);
        }
    }

    /// By brightness alone, so that its edges are sharp.
    private void letter(char letter, int left, int top) {
        for (int y = 0; y < BitmapFont.HEIGHT * scale; y++) {
            for (int x = 0; x < BitmapFont.WIDTH * scale; x++) {
                boolean inside = left + x < frame.widthPx() && top + y < frame.heightPx();
                if (inside && font.isSet(letter, x / scale, y / scale)) {
                    frame.luma()[(top + y) * frame.widthPx() + left + x] = luma(Colour.BLACK);
                }
            }
        }
    }

    private byte luma(Colour colour) {
        return (byte) (frame.fullRange() ? (colour.luma() - 16) * 255 / (235 - 16) : colour.luma());
    }
}
