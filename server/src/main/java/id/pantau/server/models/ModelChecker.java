package id.pantau.server.models;

import id.pantau.vision.detect.ModelDescriptor;
import java.nio.file.Path;

/// Finds out whether a file is a model that can be used, by running it.
public interface ModelChecker {
    /// @return what it is, with the size of input that the file fixes
    /// @throws ModelsException UNUSABLE, saying what is wrong with it
    ModelDescriptor check(Path file) throws InterruptedException;
}
