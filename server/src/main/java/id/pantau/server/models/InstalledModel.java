package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelDescriptor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file on this machine that is, or should be, a model.
///
/// @param published what the catalogue knows under the name of this file; null when nothing
/// @param descriptor null when it cannot be used
/// @param trouble why it cannot be used; null when it can
/// @param genuine whether it is what was published, byte by byte; false when nothing was
/// @param ours whether it lies in the folder that is written to
public record InstalledModel(
        String id,
        Path file,
        long sizeBytes,
        @Nullable CatalogueModel published,
        @Nullable ModelDescriptor descriptor,
        @Nullable String trouble,
        boolean genuine,
        boolean ours) {}
