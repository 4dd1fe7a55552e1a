package id.pantau.vision.motion;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Frame;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaGridTest {
    /// Cells of 4, 8 and 12 pixels, which are added up many at once, and of 1, 3, 5 and 6, which
    /// are not, with and without pixels that belong to none.
    @ParameterizedTest
    @CsvSource({
        "640,360",
        "1280,720",
        "1920,1080",
        "644,362",
        "160,90",
        "352,288",
        "800,600",
        "704,576",
        "960,540",
        "9,9"
    })
    void aCellIsTheMeanOfEverySecondLineOfItsPixels(int width, int height) {
        long seed = 20_261_126;
        var frame = new Frame(width, height, true);
        new Random(seed).nextBytes(frame.luma());
        var grid = new LumaGrid(width, height);
        grid.read(frame);
        grid.read(frame); // nothing is left of the picture before
        int cell = width / grid.columns();
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                assertThat(grid.cells()[row * grid.columns() + column])
                        .as("cell %d,%d with seed %d", column, row, seed)
                        .isCloseTo(mean(frame, column, row, cell), Offset.offset(0.01f));
            }
        }
    }

    private static float mean(Frame frame, int column, int row, int cell) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < cell; y += cell >= 4 ? 2 : 1) {
            for (int x = 0; x < cell; x++) {
                int at = (row * cell + y) * frame.widthPx() + column * cell + x;
                sum += frame.luma()[at] & 0xff;
                count++;
            }
        }
        return (float) (sum / count);
    }
}
