package id.pantau.vision.detect;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A published model that is known, whether or not it lies on this machine.
///
/// @param title for people, a proper name
/// @param file the name of its file, by which it is known
/// @param sha256 of the file, in lower case
/// @param address where the file is published, pinned to a commit; null when it is published
///   nowhere under a licence that lets everybody use it
public record CatalogueModel(
        String title,
        String file,
        long sizeBytes,
        String sha256,
        @Nullable URI address,
        ModelDescriptor descriptor) {
    public String id() {
        return descriptor.id();
    }
}
