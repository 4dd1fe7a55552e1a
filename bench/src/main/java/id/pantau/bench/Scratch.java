package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders a benchmark may fill.
final class Scratch {
    private Scratch() {}

    static Path empty(String name) throws IOException {
        Path folder = Repository.work().resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    /// The folder and all below it, if it is there.
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    /// The folders in a folder whose names do not begin with a dot.
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /// How many files and folders are below.
    static long entries(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.count() - 1;
        }
    }

    /// Bytes of all files below; a file that goes away meanwhile counts nothing.
    static long bytesUnder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try {
                    sum += Files.size(file);
                } catch (NoSuchFileException _) {
                    // deleted between the walk and the look
                }
            }
        }
        return sum;
    }
}
