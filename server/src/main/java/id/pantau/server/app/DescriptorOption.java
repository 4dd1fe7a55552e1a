package id.pantau.server.app;

import id.pantau.vision.detect.DescriptorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The descriptor of a model that is brought from the command line.
final class DescriptorOption {
    private DescriptorOption() {}

    /// @param given null: the one beside the model, if there is one
    /// @return null when there is none
    static @Nullable String text(Path model, @Nullable Path given) throws IOException {
        Path file = given == null ? DescriptorFile.beside(model) : given;
        if (given == null && !Files.exists(file)) {
            return null;
        }
        if (!Files.isRegularFile(file) || Files.size(file) > DescriptorFile.MOST_BYTES) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "%s is not there, or no descriptor".formatted(file));
        }
        return Files.readString(file);
    }
}
