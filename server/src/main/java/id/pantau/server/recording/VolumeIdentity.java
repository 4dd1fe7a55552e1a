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
import java.util.List;
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
        Optional<List<String>> lines = lines(root);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant created = Instant.parse(value(root, lines.get(), "created="));
            return Optional.of(new VolumeIdentity(value(root, lines.get(), "id="), created));
        } catch (DateTimeException e) {
            throw new IOException(root.resolve(FILE) + " does not say who the volume is", e);
        }
    }

    /// The id alone, for whoever asks each second.
    ///
    /// @return as [#read]
    static Optional<String> readId(Path root) throws IOException {
        Optional<List<String>> lines = lines(root);
        return lines.isEmpty() ? Optional.empty() : Optional.of(value(root, lines.get(), "id="));
    }

    private static Optional<List<String>> lines(Path root) throws IOException {
        try {
            return Optional.of(Files.readAllLines(root.resolve(FILE)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static String value(Path root, List<String> lines, String name) throws IOException {
        for (String line : lines) {
            String value = line.startsWith(name) ? line.substring(name.length()).strip() : "";
            if (!value.isEmpty()) {
                return value;
            }
        }
        throw new IOException(root.resolve(FILE) + " does not say who the volume is");
    }
}
