package id.pantau.server.vision;

import id.pantau.vision.detect.ModelCatalogue;
import java.util.Optional;

/// Where the detector's model comes from.
@FunctionalInterface
public interface ModelSource {
    /// The one in use; empty when there is none. Asked whenever an analysis begins; may take a
    /// second.
    Optional<ModelCatalogue.Found> current() throws InterruptedException;
}
