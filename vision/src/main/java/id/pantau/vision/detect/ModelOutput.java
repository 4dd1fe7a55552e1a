package id.pantau.vision.detect;

import java.nio.FloatBuffer;
import java.util.List;

/// Reads a model's output. Stateless.
interface ModelOutput {
    /// One output of a model, of the only picture in the batch.
    ///
    /// @param values row by row
    record Tensor(long[] shape, FloatBuffer values) {
        /// The size of a dimension, from the last one (1) on.
        int fromEnd(int place) {
            return place > shape.length ? 1 : Math.toIntExact(shape[shape.length - place]);
        }
    }

    /// @param candidates takes every box with a class that is asked for and enough of a score
    /// @throws ModelException when the shape is not this family's
    void read(List<Tensor> outputs, int widthPx, int heightPx, Candidates candidates)
            throws ModelException;
}
