package id.pantau.bench;

import java.util.ArrayList;
import java.util.List;

/// Numbers that are drawn into pictures so that a page can read them from the screen: in the top
/// left corner a row of squares, the lowest bit first and white for 1, and below each its opposite,
/// by which a misread number is known.
final class PictureNumbers {
    static final int BITS = 9;
    static final int SQUARE_PX = 32;

    private PictureNumbers() {}

    /// Draws the number of each picture of a clip, from 0, with FFmpeg.
    static String filter() {
        List<String> boxes = new ArrayList<>();
        boxes.add(box(0, 0, BITS, "black", "1"));
        boxes.add(box(0, 1, BITS, "white", "1"));
        for (int bit = 0; bit < BITS; bit++) {
            String isSet = "gte(mod(n,%d),%d)".formatted(2 << bit, 1 << bit);
            boxes.add(box(bit, 0, 1, "white", isSet));
            boxes.add(box(bit, 1, 1, "black", isSet));
        }
        return String.join(",", boxes);
    }

    private static String box(int column, int row, int squares, String color, String when) {
        return "drawbox=x=%d:y=%d:w=%d:h=%d:color=%s:t=fill:enable='%s'"
                .formatted(
                        column * SQUARE_PX,
                        row * SQUARE_PX,
                        squares * SQUARE_PX,
                        SQUARE_PX,
                        color,
                        when);
    }
}
