package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where the built product lies, seen from the folder the launcher was started in.
final class Repository {
    private Repository() {}

    static Path root() {
        return Path.of(System.getProperty("pantau.root", ".")).toAbsolutePath().normalize();
    }

    static Path serverJar() throws IOException {
        try (Stream<Path> files = Files.list(unpacked())) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no server jar: run ./pantau build first"));
        }
    }

    /// A command line that runs the server as the launcher does, up to the server's own command.
    ///
    /// @param flags on top of those the launcher gives
    static List<String> server(List<String> flags) throws IOException {
        var command = new ArrayList<String>();
        command.add(java());
        command.add("-XX:AOTCache=" + unpacked().resolve("classes.aot"));
        command.add("-Xlog:aot*=off");
        command.addAll(javaFlags());
        command.addAll(flags);
        command.addAll(List.of("-jar", serverJar().toString()));
        return command;
    }

    private static Path unpacked() {
        return root().resolve("server/target/app");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The flags the launcher starts the server with; `launcher.flags` is its own list.
    static List<String> javaFlags() {
        String flags = System.getProperty("pantau.javaFlags", "");
        return flags.isBlank() ? List.of() : List.of(flags.trim().split("\\s+"));
    }

    static Path results() {
        return root().resolve("bench/results");
    }

    static Path work() throws IOException {
        return Files.createDirectories(root().resolve("bench/target/work"));
    }
}
