package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.DescriptorFile;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelChecksums;
import id.pantau.vision.detect.ModelDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What lies in the folders, in the order in which it is chosen. What was found out about a file is
/// kept until the file or its descriptor changes. Thread-safe.
final class ModelShelf {
    /// When a file is still the one that was looked at.
    private record Stamp(long sizeBytes, FileTime changed, @Nullable FileTime described) {}

    private record Known(Stamp stamp, InstalledModel model) {}

    private final ModelFolders folders;
    private final List<CatalogueModel> catalogue;
    private final ModelChecker checker;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    ModelShelf(ModelFolders folders, List<CatalogueModel> catalogue, ModelChecker checker) {
        this.folders = folders;
        this.catalogue = List.copyOf(catalogue);
        this.checker = checker;
    }

    /// Those that come first are chosen first.
    List<InstalledModel> list() throws InterruptedException {
        var all = new ArrayList<InstalledModel>();
        for (Path folder : folders.all()) {
            var ofFolder = new ArrayList<InstalledModel>();
            for (Path file : ModelCatalogue.list(folder)) {
                InstalledModel model = look(file, folder.equals(folders.own()));
                if (model != null && all.stream().noneMatch(one -> one.id().equals(model.id()))) {
                    ofFolder.add(model);
                }
            }
            ofFolder.sort(Comparator.comparingInt(this::rank));
            all.addAll(ofFolder);
        }
        return List.copyOf(all);
    }

    /// As [ModelCatalogue#find] does: described ones, known ones, others.
    private int rank(InstalledModel model) {
        if (Files.exists(DescriptorFile.beside(model.file()))) {
            return -1;
        }
        CatalogueModel published = model.published();
        return published == null ? Integer.MAX_VALUE : catalogue.indexOf(published);
    }

    /// @return null when it has just been taken away
    private @Nullable InstalledModel look(Path file, boolean ours) throws InterruptedException {
        try {
            Path descriptor = DescriptorFile.beside(file);
            var stamp =
                    new Stamp(
                            Files.size(file),
                            Files.getLastModifiedTime(file),
                            Files.exists(descriptor)
                                    ? Files.getLastModifiedTime(descriptor)
                                    : null);
            Known before = known.get(file);
            if (before != null && before.stamp().equals(stamp)) {
                return before.model();
            }
            InstalledModel model = examine(file, stamp, ours);
            known.put(file, new Known(stamp, model));
            return model;
        } catch (IOException _) {
            known.remove(file);
            return null;
        }
    }

    /// A file that is the published one needs no trying out.
    private InstalledModel examine(Path file, Stamp stamp, boolean ours)
            throws IOException, InterruptedException {
        CatalogueModel published = stamp.described() == null ? byName(file) : null;
        if (published != null && ModelChecksums.of(file).equals(published.sha256())) {
            return new InstalledModel(
                    published.id(),
                    file,
                    stamp.sizeBytes(),
                    published,
                    published.descriptor(),
                    null,
                    true,
                    ours);
        }
        String id = published == null ? stem(file) : published.id();
        try {
            ModelDescriptor descriptor = checker.check(file);
            return new InstalledModel(
                    published == null ? descriptor.id() : id,
                    file,
                    stamp.sizeBytes(),
                    published,
                    descriptor,
                    null,
                    false,
                    ours);
        } catch (ModelsException e) {
            return new InstalledModel(
                    id, file, stamp.sizeBytes(), published, null, e.getMessage(), false, ours);
        }
    }

    private @Nullable CatalogueModel byName(Path file) {
        String name = String.valueOf(file.getFileName());
        return catalogue.stream().filter(one -> one.file().equals(name)).findFirst().orElse(null);
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ModelImport.ENDING.length());
    }
}
