package id.pantau.server.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Who a volume is, as the file `.pantau-volume` in its root says. Without that file a directory is
/// never written to: an NAS that is not mounted leaves an empty directory on the system disk.
///
/// @param created when the directory became a volume
record VolumeIdentity(String id, Instant created) {
    static final String FILE = ".pantau-volume";

    /// Makes an empty directory a volume. The only place that writes the file.
    ///
    /// @throws IOException when the directory holds anything, or cannot be written
    static VolumeIdentity create(Path root, Instant now) throws IOException {
        Files.createDirectories(root);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!String.valueOf(entry.getFileName()).equals("lost+found")) {
                    throw new IOException(
                            "only an empty directory can become a volume: %s holds %s"
                                    .formatted(root, entry.getFileName()));
                }
            }
        }
        var identity =
                new VolumeIdentity(
                        UUID.randomUUID().toString(), Instant.ofEpochSecond(now.getEpochSecond()));
        ByteBuffer text = StandardCharsets.UTF_8.encode(identity.text());
        try (var channel =
                FileChannel.open(
                        root.resolve(FILE),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW)) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Directories.force(root);
        return identity;
    }

    private String text() {
        return "id=%s%ncreated=%s%n".formatted(id, created);
    }

    /// @return empty when there is no such file, or no such directory
    /// @throws IOException when it cannot be read or says nothing sensible
    static Optional<VolumeIdentity> read(Path root) throws IOException {
        try {
            String id = null;
            Instant created = null;
            for (String line : Files.readAllLines(root.resolve(FILE))) {
                if (line.startsWith("id=")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("created=")) {
                    created = Instant.parse(line.substring(8).strip());
                }
            }
            if (id == null || id.isEmpty() || created == null) {
                throw new IOException(root.resolve(FILE) + " does not say who the volume is");
            }
            return Optional.of(new VolumeIdentity(id, created));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (DateTimeException e) {
            throw new IOException(root.resolve(FILE) + " does not say who the volume is", e);
        }
    }
}
