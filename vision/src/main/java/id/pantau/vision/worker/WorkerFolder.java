package id.pantau.vision.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a worker listens and leaves its crash reports: only its user may enter.
final class WorkerFolder {
    /// The path of a Unix domain socket has 108 bytes at most (`sun_path`, unix(7)).
    private static final int MAX_SOCKET_PATH = 100;

    private static final String NAME = "worker";
    private static final String SOCKET = "socket";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    private WorkerFolder(Path path) {
        this.path = path;
    }

    /// Makes it inside the home, or among the temporary files where that path is too long. What an
    /// earlier worker left there is removed.
    ///
    /// @param home null: among the temporary files
    static WorkerFolder in(@Nullable Path home) throws IOException {
        if (home == null) {
            return temporary();
        }
        Path wished = home.toAbsolutePath().resolve(NAME);
        if (wished.resolve(SOCKET).toString().getBytes(UTF_8).length > MAX_SOCKET_PATH) {
            return temporary();
        }
        var folder = new WorkerFolder(wished);
        folder.delete();
        Files.createDirectory(wished, PRIVATE);
        return folder;
    }

    private static WorkerFolder temporary() throws IOException {
        return new WorkerFolder(Files.createTempDirectory("pantau-", PRIVATE));
    }

    Path socket() {
        return path.resolve(SOCKET);
    }

    /// What `-XX:ErrorFile` takes.
    Path crashReports() {
        return path.resolve("crash-%p.log");
    }

    Path crashReport(long pid) {
        return path.resolve("crash-%d.log".formatted(pid));
    }

    void delete() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
