package id.pantau.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one directory that holds everything of a server: database, recordings, keys.
///
/// @param path absolute
public record Home(Path path) {
    public Home {
        path = path.toAbsolutePath().normalize();
    }

    /// Makes the directory where it is missing.
    public static Home at(Path path) throws IOException {
        Home home = new Home(path);
        Files.createDirectories(home.path);
        return home;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }
}
