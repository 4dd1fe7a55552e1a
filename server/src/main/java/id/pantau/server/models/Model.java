package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelDescriptor;
import org.jspecify.annotations.Nullable;

/// A model of the catalogue or of this machine.
///
/// @param published what the catalogue knows of it; null when somebody brought it
/// @param installed null when it is not on this machine
/// @param inUse whether objects are found with it
/// @param fetch null when it is not being fetched and the last try did not fail
public record Model(
        String id,
        @Nullable CatalogueModel published,
        @Nullable InstalledModel installed,
        boolean inUse,
        @Nullable Fetch fetch) {
    /// How far a fetch is.
    ///
    /// @param failure why it ended; null while it runs
    public record Fetch(long receivedBytes, long totalBytes, @Nullable String failure) {
        boolean runs() {
            return failure == null;
        }
    }

    /// Null when it is installed and cannot be used.
    public @Nullable ModelDescriptor descriptor() {
        if (installed != null) {
            return installed.descriptor();
        }
        return published == null ? null : published.descriptor();
    }
}
