package id.pantau.vision;

import id.pantau.media.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Real models, which are not part of the repository: tests that need one skip themselves where it
/// is absent.
public final class TestModels {
    private TestModels() {}

    public static Path file(String name) {
        Path file = Samples.folder("../models").resolve(name);
        Assumptions.assumeTrue(
                Files.isRegularFile(file), () -> "no model %s to test with".formatted(file));
        return file;
    }
}
