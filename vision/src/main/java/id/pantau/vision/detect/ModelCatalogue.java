package id.pantau.vision.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The models that are known, and those that lie on this machine.
public final class ModelCatalogue {
    private static final String ENDING = ".onnx";

    /// A model that lies on this machine.
    public record Found(Path file, ModelDescriptor descriptor) {}

    private ModelCatalogue() {}

    /// For each purpose the best choice first.
    public static List<CatalogueModel> all() {
        return KnownModels.ALL;
    }

    /// The best model that finds objects; see [#find(List, ModelPurpose)].
    public static Optional<Found> find(List<Path> folders) {
        return find(folders, ModelPurpose.OBJECTS);
    }

    /// In each folder a model that somebody described comes before those of the catalogue, and
    /// these before one that says itself what it is. What cannot be used is passed over.
    ///
    /// @param folders earlier ones win; those that do not exist are passed over
    /// @return the best model of the first folder that has one
    public static Optional<Found> find(List<Path> folders, ModelPurpose purpose) {
        for (Path folder : folders) {
            List<Path> files = list(folder);
            Optional<Found> found =
                    described(files, purpose)
                            .or(() -> known(folder, purpose))
                            .or(() -> speaking(files, purpose));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// The files of a folder that may be models, by name; empty when there is no such folder.
    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of(); // not ours to read
        }
    }

    /// By the descriptor beside it, else by what the file itself says, else by its name.
    ///
    /// @return empty when nothing says what it is
    /// @throws ModelException when what says so cannot be read or contradicts the file
    public static Optional<ModelDescriptor> describe(Path file) throws ModelException {
        if (Files.exists(DescriptorFile.beside(file))) {
            return Optional.of(DescriptorFile.read(DescriptorFile.beside(file), file));
        }
        if (Files.isRegularFile(file)) {
            Optional<ModelDescriptor> ofItself = ModelMetadata.describe(file);
            if (ofItself.isPresent()) {
                return ofItself;
            }
        }
        return byName(file).map(CatalogueModel::descriptor);
    }

    /// The one of the catalogue whose file has that name.
    public static Optional<CatalogueModel> byName(Path file) {
        String name = String.valueOf(file.getFileName());
        return KnownModels.ALL.stream().filter(known -> known.file().equals(name)).findFirst();
    }

    private static Optional<Found> described(List<Path> files, ModelPurpose purpose) {
        return first(
                files.stream().filter(file -> Files.exists(DescriptorFile.beside(file))).toList(),
                purpose);
    }

    private static Optional<Found> known(Path folder, ModelPurpose purpose) {
        return KnownModels.ALL.stream()
                .filter(known -> known.descriptor().purpose() == purpose)
                .filter(known -> Files.isRegularFile(folder.resolve(known.file())))
                .map(known -> new Found(folder.resolve(known.file()), known.descriptor()))
                .findFirst();
    }

    /// Only looked at when there is no other: each has to be opened.
    private static Optional<Found> speaking(List<Path> files, ModelPurpose purpose) {
        var others = new ArrayList<>(files);
        others.removeIf(
                file -> byName(file).isPresent() || Files.exists(DescriptorFile.beside(file)));
        return first(others, purpose);
    }

    private static Optional<Found> first(List<Path> files, ModelPurpose purpose) {
        for (Path file : files) {
            try {
                Optional<ModelDescriptor> descriptor = describe(file);
                if (descriptor.isPresent() && descriptor.orElseThrow().purpose() == purpose) {
                    return Optional.of(new Found(file, descriptor.orElseThrow()));
                }
            } catch (ModelException _) {
                // `models list` says what is wrong with it
            }
        }
        return Optional.empty();
    }
}
