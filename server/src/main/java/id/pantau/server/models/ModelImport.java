package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.DescriptorFile;
import id.pantau.vision.detect.ModelChecksums;
import id.pantau.vision.detect.ModelDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes a file that somebody brings into the folder of models, after it was tried out in a place
/// of its own. Nothing is overwritten. Thread-safe.
final class ModelImport {
    static final String ENDING = ".onnx";

    /// Detectors for cameras have a few megabytes, the largest that anybody runs on a processor
    /// some tens.
    static final long MOST_BYTES = 256L << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,94}\\.onnx");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path folder;
    private final List<CatalogueModel> catalogue;
    private final ModelChecker checker;

    /// Two of one name at the same moment: the second finds the first. Nobody waits longer for it
    /// than two renames take.
    private final Object placing = new Object();

    ModelImport(Path folder, List<CatalogueModel> catalogue, ModelChecker checker) {
        this.folder = folder;
        this.catalogue = List.copyOf(catalogue);
        this.checker = checker;
    }

    /// @param body the file; read to its end, not closed
    /// @param name of the file, with `.onnx`
    /// @param descriptor JSON; null: the file says itself what it is
    /// @param taken ids that there are already
    /// @return its id
    /// @throws IOException when it cannot be received or written; nothing is left of it
    String take(InputStream body, String name, @Nullable String descriptor, List<String> taken)
            throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new ModelsException(
                    ModelsException.Reason.NAME_INVALID,
                    "The file's name is letters, digits, dots, dashes and underscores, and ends in .onnx.");
        }
        Files.createDirectories(folder);
        Path trial = Files.createTempDirectory(folder, ".import-");
        try {
            Path file = trial.resolve(name);
            receive(body, file);
            if (descriptor != null) {
                Files.writeString(DescriptorFile.beside(file), descriptor);
            }
            Optional<CatalogueModel> published =
                    descriptor == null ? published(file) : Optional.empty();
            if (published.isPresent()) {
                return put(file, published.orElseThrow());
            }
            ModelDescriptor checked = checker.check(file);
            synchronized (placing) {
                return put(file, checked, taken);
            }
        } catch (ModelsException e) {
            // where it was tried out is nobody's business
            String text = String.valueOf(e.getMessage());
            throw new ModelsException(e.reason(), text.replace(trial + "/", ""));
        } finally {
            delete(trial);
        }
    }

    private static void receive(InputStream body, Path file) throws IOException {
        long have = 0;
        try (OutputStream to = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 << 10];
            for (int count; (count = body.read(buffer)) >= 0; have += count) {
                if (have + count > MOST_BYTES) {
                    throw new ModelsException(
                            ModelsException.Reason.TOO_LARGE,
                            "The file has more than %d MiB.".formatted(MOST_BYTES >> 20));
                }
                to.write(buffer, 0, count);
            }
        }
    }

    /// Whatever its name is: who cannot fetch it from here brings it so.
    private Optional<CatalogueModel> published(Path file) throws IOException {
        String sum = ModelChecksums.of(file);
        return catalogue.stream().filter(one -> one.sha256().equals(sum)).findFirst();
    }

    private String put(Path file, CatalogueModel published) throws IOException {
        Path target = folder.resolve(published.file());
        if (Files.exists(target) && ModelChecksums.of(target).equals(published.sha256())) {
            throw exists(published.id());
        }
        move(file, target); // one of that name that is damaged is mended
        return published.id();
    }

    private String put(Path file, ModelDescriptor descriptor, List<String> taken)
            throws IOException {
        String name = String.valueOf(file.getFileName());
        Path target = folder.resolve(name);
        if (catalogue.stream().anyMatch(one -> one.file().equals(name))) {
            throw new ModelsException(
                    ModelsException.Reason.EXISTS,
                    "%s is the name of another model, which is known; give the file a name of its own."
                            .formatted(name));
        }
        if (!ID.matcher(descriptor.id()).matches()) {
            throw new ModelsException(
                    ModelsException.Reason.NAME_INVALID,
                    "The descriptor's id is letters, digits, dots, dashes and underscores.");
        }
        Path beside = DescriptorFile.beside(target);
        if (taken.contains(descriptor.id()) || Files.exists(target) || Files.exists(beside)) {
            throw exists(descriptor.id());
        }
        Path written = DescriptorFile.beside(file);
        Files.writeString(written, DescriptorFile.write(descriptor));
        move(written, beside); // first: a descriptor without a model is nothing
        move(file, target);
        return descriptor.id();
    }

    private static ModelsException exists(String id) {
        return new ModelsException(
                ModelsException.Reason.EXISTS,
                "There is a model \"%s\" already; remove it first.".formatted(id));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path trial) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(trial)) {
            for (Path one : left) {
                Files.delete(one);
            }
        }
        Files.delete(trial);
    }
}
