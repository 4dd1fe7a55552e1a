package id.pantau.server.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of snapshots: `{camera}/{yyyy-MM-dd}/{id}.jpg`, the day in UTC. Its files are
/// conveniences: losing one costs a picture, never an event or a recording. Thread-safe.
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9-]+/\\d{4}-\\d{2}-\\d{2}/[a-z0-9]+\\.jpg");

    private final Path root;

    public Snapshots(Path root) {
        this.root = root;
    }

    /// A name that no other has.
    static String nextName(Event event) {
        return "%s/%s/%s.jpg".formatted(event.camera(), day(event.start()), EventIds.next());
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /// @param name as [#nextName] gives it
    void write(String name, byte[] jpeg) throws IOException {
        Path file = path(name);
        Path folder = file.resolveSibling(".");
        Files.createDirectories(folder.normalize());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, jpeg);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /// @throws IOException when it is not there
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    void delete(String name) {
        try {
            Path file = path(name);
            Files.deleteIfExists(file);
            Path day = file.resolveSibling(".").normalize();
            if (isEmpty(day)) {
                Files.deleteIfExists(day);
            }
        } catch (IOException e) {
            LOG.warn("the snapshot {} stays: {}", name, e.getMessage());
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Path path(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("not the name of a snapshot: " + name);
        }
        return root.resolve(name);
    }
}
