package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// Reads a model's output. Stateless.
interface ModelOutput {
    /// One output of a model, of the only picture in the batch.
    ///
    /// @param name as the file calls it
    /// @param values row by row
    record Tensor(String name, long[] shape, FloatBuffer values) {
        /// The size of a dimension, from the last one (1) on.
        int fromEnd(int place) {
            return place > shape.length ? 1 : Math.toIntExact(shape[shape.length - place]);
        }

        boolean is(int rows, int columns) {
            return fromEnd(2) == rows && fromEnd(1) == columns;
        }

        /// For messages, `3549 x 85`.
        String size() {
            return fromEnd(2) + " x " + fromEnd(1);
        }
    }

    /// What the model was given.
    ///
    /// @param strides pixels from cell to cell of each grid, finest first; empty where the family
    ///   has none
    record Input(int widthPx, int heightPx, List<Integer> strides) {
        int columns(int stride) {
            return (widthPx + stride - 1) / stride;
        }

        int rows(int stride) {
            return (heightPx + stride - 1) / stride;
        }

        /// Of all grids together.
        int cells() {
            return strides.stream().mapToInt(stride -> columns(stride) * rows(stride)).sum();
        }
    }

    /// @param candidates takes every box with a class that is asked for and enough of a score
    /// @throws ModelException when the shape is not this family's
    void read(List<Tensor> outputs, Input input, Candidates candidates) throws ModelException;
}
