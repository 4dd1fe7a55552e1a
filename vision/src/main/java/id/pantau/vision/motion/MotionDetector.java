package id.pantau.vision.motion;

import id.pantau.vision.Frame;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what moves in the frames of one camera: differences to a background that adapts, each cell
/// with a threshold of its own that has learned its noise. Changes of light that come over the
/// whole picture are taken out; edges may tremble by a cell. Not thread-safe.
public final class MotionDetector {
    /// Times a cell's usual flicker.
    private static final float FLICKERS = 4;

    /// Of the picture: more is no object.
    private static final double WHOLE_PICTURE = 0.5;

    /// A blob has at least this share of all cells.
    private static final double LEAST_BLOB = 0.0006;

    /// One cell of so many is enough for the median of all.
    private static final int MEDIAN_STEP = 3;

    /// A place in the picture, in fractions of its width and height.
    @FunctionalInterface
    public interface Place {
        /// Whether what moves there counts.
        boolean counts(double x, double y);
    }

    private final float threshold;
    private final Place place;
    private boolean[] counted = new boolean[0]; // cells
    private @Nullable LumaGrid grid;
    private @Nullable Background background;
    private @Nullable BlobFinder finder;
    private boolean[] foreground = new boolean[0];
    private float[] difference = new float[0];
    private float[] excess = new float[0];
    private @Nullable Duration last;

    /// @param threshold in steps of luma (0..255) that a cell must differ at least; 14 suits most
    ///   cameras
    public MotionDetector(double threshold) {
        this(threshold, (_, _) -> true);
    }

    /// @param place asked once for the centre of each cell
    public MotionDetector(double threshold, Place place) {
        this.threshold = (float) threshold;
        this.place = place;
    }

    /// One frame. The first one, and the first after a change of size, is the background.
    ///
    /// @param at media time; not before the frame before
    public Motion look(Frame frame, Duration at) {
        double seconds = last == null ? 0 : Math.max(0, at.minus(last).toNanos() / 1e9);
        last = at;
        LumaGrid cells = grid;
        Background scene = background;
        BlobFinder blobs = finder;
        if (cells == null || scene == null || blobs == null || !cells.fits(frame)) {
            return begin(frame);
        }
        cells.read(frame);
        float shift = shift(cells.cells(), scene);
        int changed = compare(cells, scene, shift);
        double score = (double) changed / foreground.length;
        if (score > WHOLE_PICTURE) {
            scene.replace(cells.cells());
            return new Motion(score, List.of(), new BitSet(), cells.columns(), cells.rows(), true);
        }
        scene.learn(cells.cells(), shift, foreground, changed > 0, seconds);
        int least = Math.max(4, (int) Math.round(LEAST_BLOB * foreground.length));
        return new Motion(
                score,
                changed < least ? List.of() : blobs.find(foreground, difference, least),
                changed == 0 ? new BitSet() : bits(),
                cells.columns(),
                cells.rows(),
                false);
    }

    private Motion begin(Frame frame) {
        var cells = new LumaGrid(frame.widthPx(), frame.heightPx());
        cells.read(frame);
        grid = cells;
        background = new Background(cells.cells());
        finder = new BlobFinder(cells.columns(), cells.rows());
        foreground = new boolean[cells.cells().length];
        difference = new float[foreground.length];
        excess = new float[foreground.length];
        counted = counted(cells.columns(), cells.rows());
        return new Motion(0, List.of(), new BitSet(), cells.columns(), cells.rows(), false);
    }

    private boolean[] counted(int columns, int rows) {
        boolean[] cells = new boolean[columns * rows];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = place.counts((i % columns + 0.5) / columns, (i / columns + 0.5) / rows);
        }
        return cells;
    }

    /// By how much most of the picture is brighter than the background: the median of differences.
    private static float shift(float[] cells, Background scene) {
        int[] histogram = new int[512];
        int count = 0;
        for (int i = 0; i < cells.length; i += MEDIAN_STEP) {
            histogram[(int) (cells[i] - scene.mean(i) + 255.5f)]++;
            count++;
        }
        int half = count / 2;
        int seen = 0;
        int at = 0;
        while (seen + histogram[at] <= half) {
            seen += histogram[at++];
        }
        return at - 255f;
    }

    /// @return how many cells differ
    private int compare(LumaGrid grid, Background scene, float shift) {
        int columns = grid.columns();
        int rows = grid.rows();
        float[] cells = grid.cells();
        scene.compare(cells, shift, threshold, FLICKERS, difference, excess);
        Arrays.fill(foreground, false);
        int changed = 0;
        // Not at the very edge, where a camera that shakes shows what was never seen before.
        for (int row = 1; row < rows - 1; row++) {
            for (int column = 1; column < columns - 1; column++) {
                int i = row * columns + column;
                if (excess[i] > 0 && counted[i] && !scene.isNearby(cells[i] - shift, i, columns)) {
                    foreground[i] = true;
                    changed++;
                }
            }
        }
        return changed;
    }

    private BitSet bits() {
        var result = new BitSet(foreground.length);
        for (int i = 0; i < foreground.length; i++) {
            if (foreground[i]) {
                result.set(i);
            }
        }
        return result;
    }
}
