package id.pantau.vision.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A model that cannot be used; the message says why.
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }

    ModelException(String message, Throwable cause) {
        super(message, cause);
    }

    /// An output is not the family's.
    static ModelException shape(String family, String expected, ModelOutput.Tensor found) {
        return new ModelException(
                "a %s output of %s was expected, this one has %s"
                        .formatted(family, expected, found.size()));
    }

    /// None of the outputs is the one the family has.
    static ModelException shape(String family, String expected, List<ModelOutput.Tensor> found) {
        return new ModelException(
                "a %s output of %s was expected, there are %s"
                        .formatted(
                                family,
                                expected,
                                found.stream()
                                        .map(one -> one.name() + " of " + one.size())
                                        .collect(Collectors.joining(", "))));
    }

    /// The model and its list of labels do not belong together.
    static ModelException labels(int inModel, int given) {
        return new ModelException(
                "the model's output is that of %d classes, but %d labels were given; a model with labels of its own wants a descriptor beside it"
                        .formatted(inModel, given));
    }

    /// ONNX Runtime does not take the file.
    static ModelException unreadable(Path file, Exception cause) {
        return new ModelException(
                "%s is no model that can be read: %s".formatted(file, cause.getMessage()), cause);
    }

    /// Nothing says how its output is to be read.
    public static ModelException unknown(Path file) {
        return new ModelException(
                "%s is no model that is known by its name, and carries no names of classes: put a descriptor %s beside it"
                        .formatted(file, DescriptorFile.beside(file).getFileName()));
    }
}
