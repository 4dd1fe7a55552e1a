package id.pantau.vision.detect;

import java.nio.file.Path;

/// A model that cannot be used; the message says why.
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }

    ModelException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Nothing says how its output is to be read.
    public static ModelException unknown(Path file) {
        return new ModelException("%s is no model that is known by its name".formatted(file));
    }
}
