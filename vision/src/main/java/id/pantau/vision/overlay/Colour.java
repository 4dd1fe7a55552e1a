package id.pantau.vision.overlay;

import id.pantau.vision.ObjectGroup;

/// Colours of what is drawn, in Y (of 16 to 235), Cb and Cr (ITU-R BT.601).
///
/// @param luma of limited range, as most files are; [Pen] adapts it
record Colour(int luma, int blue, int red) {
    static final Colour BLACK = new Colour(16, 128, 128);
    static final Colour WHITE = new Colour(235, 128, 128);
    static final Colour GREEN = new Colour(145, 54, 34);
    static final Colour CYAN = new Colour(170, 166, 16);
    static final Colour YELLOW = new Colour(210, 16, 146);
    static final Colour ORANGE = new Colour(145, 60, 190);
    static final Colour MAGENTA = new Colour(107, 202, 222);

    static Colour of(String label) {
        return switch (ObjectGroup.of(label)) {
            case FOUR_WHEELER -> GREEN;
            case TWO_WHEELER -> CYAN;
            case PERSON -> ORANGE;
            case OTHER -> WHITE;
        };
    }
}
