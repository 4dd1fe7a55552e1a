package id.pantau.vision;

import java.util.List;

/// The part of a frame that a detector is given, in pixels of the frame. It begins at even pixels,
/// where a chroma sample begins, too.
public record LookWindow(
        int leftPx, int topPx, int widthPx, int heightPx, int frameWidthPx, int frameHeightPx) {
    /// Of an object's own size, kept free at each side of it: what moves may be a part of it only.
    private static final double MARGIN = 1;

    /// So many times larger than in the whole frame things must become in the model's input.
    private static final double LEAST_GAIN = 1.3;

    public LookWindow {
        if (((leftPx | topPx) & 1) != 0
                || leftPx < 0
                || topPx < 0
                || widthPx < 1
                || heightPx < 1
                || leftPx + widthPx > frameWidthPx
                || topPx + heightPx > frameHeightPx) {
            throw new IllegalArgumentException(
                    "no part of a frame of %d x %d that begins at even pixels: %d x %d from %d, %d"
                            .formatted(
                                    frameWidthPx, frameHeightPx, widthPx, heightPx, leftPx, topPx));
        }
    }

    public static LookWindow whole(Frame frame) {
        return whole(frame.widthPx(), frame.heightPx());
    }

    public static LookWindow whole(int frameWidthPx, int frameHeightPx) {
        return new LookWindow(0, 0, frameWidthPx, frameHeightPx, frameWidthPx, frameHeightPx);
    }

    /// A window in which all the boxes lie with room around them: of the input's shape as far as
    /// the frame reaches, and never smaller than the input, since pixels that are made larger show
    /// nothing new.
    ///
    /// @param boxes in fractions of the frame
    /// @return the whole frame when a window would not make things clearly larger
    public static LookWindow around(
            List<Box> boxes,
            int frameWidthPx,
            int frameHeightPx,
            int inputWidthPx,
            int inputHeightPx) {
        LookWindow whole = whole(frameWidthPx, frameHeightPx);
        if (boxes.isEmpty()) {
            return whole;
        }
        Box all =
                boxes.stream()
                        .map(box -> box.buffered(MARGIN))
                        .reduce(Box::union)
                        .orElseThrow()
                        .clipped()
                        .scaled(frameWidthPx, frameHeightPx);
        double times =
                Math.max(1, Math.max(all.width() / inputWidthPx, all.height() / inputHeightPx));
        int width = Math.min(frameWidthPx, even(times * inputWidthPx));
        int height = Math.min(frameHeightPx, even(times * inputHeightPx));
        int left = begin(all.centreX(), width, frameWidthPx);
        int top = begin(all.centreY(), height, frameHeightPx);
        var window =
                new LookWindow(
                        left,
                        top,
                        extent(left, width, frameWidthPx),
                        extent(top, height, frameHeightPx),
                        frameWidthPx,
                        frameHeightPx);
        double gain =
                window.scale(inputWidthPx, inputHeightPx)
                        / whole.scale(inputWidthPx, inputHeightPx);
        return gain < LEAST_GAIN ? whole : window;
    }

    /// Pixels of the input for one of the frame, where its shape is kept.
    public double scale(int inputWidthPx, int inputHeightPx) {
        return Math.min((double) inputWidthPx / widthPx, (double) inputHeightPx / heightPx);
    }

    /// In fractions of the frame.
    public Box box() {
        return new Box(
                (double) leftPx / frameWidthPx,
                (double) topPx / frameHeightPx,
                (double) (leftPx + widthPx) / frameWidthPx,
                (double) (topPx + heightPx) / frameHeightPx);
    }

    private static int even(double size) {
        return 2 * (int) Math.round(size / 2);
    }

    private static int begin(double centre, int size, int frameSize) {
        return (int) Math.clamp(Math.round(centre - size / 2.0), 0L, (long) frameSize - size) & ~1;
    }

    /// A frame with an odd number of pixels has one more behind its last even window.
    private static int extent(int begin, int size, int frameSize) {
        return begin + size == frameSize - 1 ? size + 1 : size;
    }
}
