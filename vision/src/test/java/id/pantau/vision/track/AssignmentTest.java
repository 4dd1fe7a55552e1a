package id.pantau.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    @Test
    void theCheapestPairsAreTakenTogether() {
        double[][] cost = {{1, 2}, {1, 9}};
        assertThat(Assignment.solve(cost, 10)).containsExactly(1, 0);
    }

    @Test
    void whatCostsTooMuchIsLeftAlone() {
        double[][] cost = {{0.2, 0.9}, {0.9, 0.9}};
        assertThat(Assignment.solve(cost, 0.5)).containsExactly(0, -1);
    }

    @Test
    void moreRowsThanColumnsAndNothingAtAll() {
        double[][] cost = {{3}, {1}, {2}};
        assertThat(Assignment.solve(cost, 10)).containsExactly(-1, 0, -1);
        assertThat(Assignment.solve(new double[0][0], 1)).isEmpty();
        assertThat(Assignment.solve(new double[2][0], 1)).containsExactly(-1, -1);
    }

    @Test
    void noOtherChoiceIsCheaper() {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("AssignmentTest: pantau.seed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(5);
            double[][] cost = new double[rows][columns];
            for (double[] row : cost) {
                for (int j = 0; j < columns; j++) {
                    row[j] = random.nextInt(100) / 100.0;
                }
            }
            double sum = 0;
            int[] match = Assignment.solve(cost, 2);
            for (int i = 0; i < rows; i++) {
                sum += match[i] < 0 ? 0 : cost[i][match[i]];
            }
            assertThat(sum).isEqualTo(cheapest(cost, 0, 0, rows - columns), within(1e-9));
        }
    }

    /// By trying all.
    private static double cheapest(double[][] cost, int row, int taken, int mayBeLeft) {
        if (row == cost.length) {
            return 0;
        }
        double best =
                mayBeLeft > 0 ? cheapest(cost, row + 1, taken, mayBeLeft - 1) : Double.MAX_VALUE;
        for (int j = 0; j < cost[row].length; j++) {
            if ((taken & 1 << j) == 0) {
                double rest = cheapest(cost, row + 1, taken | 1 << j, mayBeLeft);
                best = Math.min(best, cost[row][j] + rest);
            }
        }
        return best;
    }
}
