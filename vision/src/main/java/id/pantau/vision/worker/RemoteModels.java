package id.pantau.vision.worker;

import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelChecksums;
import id.pantau.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The models that lie on a worker's own machine, found by what is in them: a path of the server's
/// machine means nothing here. Thread-safe.
public final class RemoteModels {
    private final List<Path> folders;
    private final ModelChecksums checksums = new ModelChecksums();

    /// @param folders earlier ones win; those that do not exist are passed over
    public RemoteModels(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    public List<Path> folders() {
        return folders;
    }

    /// Reads files that have changed, which may take a second for each.
    ///
    /// @param name of the file, looked at first
    /// @return empty when no file here has these bytes, or nothing says what kind of model it is
    Optional<Path> find(String name, String sha256) {
        var files = new ArrayList<Path>();
        folders.forEach(folder -> files.addAll(ModelCatalogue.list(folder)));
        files.sort((a, b) -> Boolean.compare(isCalled(b, name), isCalled(a, name))); // stable
        return files.stream()
                .filter(file -> is(file, sha256))
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private static boolean isCalled(Path file, String name) {
        return String.valueOf(file.getFileName()).equals(name);
    }

    private boolean is(Path file, String sha256) {
        try {
            return checksums.get(file).equals(sha256) && ModelCatalogue.describe(file).isPresent();
        } catch (IOException | ModelException _) {
            return false; // not ours to read, or its descriptor is no good: `models list` says so
        }
    }
}
