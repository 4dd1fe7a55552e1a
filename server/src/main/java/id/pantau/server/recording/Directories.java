package id.pantau.server.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What is done to directories so that it lasts.
final class Directories {
    private Directories() {}

    /// Makes the names in a directory durable (fsync of the directory, as Linux wants it).
    static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Creates what is missing between `root`, which exists, and `directory`, durably.
    static void create(Path root, Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null && !directory.equals(root)) {
            create(root, parent);
            Files.createDirectory(directory);
            force(parent);
        } else {
            throw new NoSuchFileException(root.toString());
        }
    }

    /// @return whether it was empty and is gone
    static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            return Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException _) {
            return false;
        }
    }

    /// Entries by name; none when the directory is not there.
    static List<Path> list(Path directory) throws IOException {
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }
}
