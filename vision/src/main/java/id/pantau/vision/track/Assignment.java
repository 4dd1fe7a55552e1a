package id.pantau.vision.track;

import java.util.Arrays;

/// Who belongs to whom at the least cost in all (Kuhn and Munkres, in the shortest-path form of
/// Jonker and Volgenant): O(n² m) for n rows and m columns.
public final class Assignment {
    /// More than any cost that may be taken.
    private static final double FORBIDDEN = 1e6;

    private Assignment() {}

    /// @param cost of row and column; one above `limit` is never taken
    /// @return for each row its column, or -1
    public static int[] solve(double[][] cost, double limit) {
        int rows = cost.length;
        int columns = rows == 0 ? 0 : cost[0].length;
        if (rows == 0 || columns == 0) {
            int[] none = new int[rows];
            Arrays.fill(none, -1);
            return none;
        }
        // The algorithm wants at least as many columns as rows.
        boolean turned = rows > columns;
        int n = turned ? columns : rows;
        int m = turned ? rows : columns;
        double[][] square = new double[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double value = turned ? cost[j][i] : cost[i][j];
                square[i][j] = value > limit ? FORBIDDEN : value;
            }
        }
        int[] rowOfColumn = shortestPaths(square, n, m);
        int[] result = new int[rows];
        Arrays.fill(result, -1);
        for (int j = 0; j < m; j++) {
            int i = rowOfColumn[j];
            if (i >= 0 && square[i][j] < FORBIDDEN) {
                result[turned ? j : i] = turned ? i : j;
            }
        }
        return result;
    }

    /// @return for each column its row, or -1
    private static int[] shortestPaths(double[][] cost, int n, int m) {
        double[] u = new double[n + 1];
        double[] v = new double[m + 1];
        int[] rowOf = new int[m + 1]; // 0: none; rows and columns count from 1 in here
        int[] way = new int[m + 1];
        for (int i = 1; i <= n; i++) {
            rowOf[0] = i;
            int column = 0;
            double[] least = new double[m + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            boolean[] used = new boolean[m + 1];
            do {
                used[column] = true;
                int row = rowOf[column];
                double delta = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= m; j++) {
                    if (used[j]) {
                        continue;
                    }
                    double reduced = cost[row - 1][j - 1] - u[row] - v[j];
                    if (reduced < least[j]) {
                        least[j] = reduced;
                        way[j] = column;
                    }
                    if (least[j] < delta) {
                        delta = least[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= m; j++) {
                    if (used[j]) {
                        u[rowOf[j]] += delta;
                        v[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                int before = way[column];
                rowOf[column] = rowOf[before];
                column = before;
            }
        }
        int[] result = new int[m];
        for (int j = 1; j <= m; j++) {
            result[j - 1] = rowOf[j] - 1;
        }
        return result;
    }
}
