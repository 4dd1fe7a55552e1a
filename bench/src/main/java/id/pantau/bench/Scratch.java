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
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
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
