package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// The index of a home whose server is down: read row by row, and checked by `pantau fsck`.
///
/// @param home as given to `--home`
record RecordingIndex(Path home) {
    private static final List<String> TABLES =
            List.of(
                    "segment",
                    "recording_gap",
                    "recording_policy",
                    "recording_expiry",
                    "recording_quarter",
                    "recording_total");

    /// Copies the database and links the recordings of a server that stands still.
    static RecordingIndex snapshot(Path home, Path into) throws IOException, SQLException {
        Scratch.delete(into);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = into.resolve(home.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (file.toString().endsWith(".mp4")) {
                    Files.createLink(copy, file);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        var index = new RecordingIndex(into);
        index.moveVolume();
        return index;
    }

    /// The copied database is to mean the linked files.
    private void moveVolume() throws SQLException {
        try (Connection connection = open();
                var update = connection.prepareStatement("update volume set path = ?")) {
            update.setString(1, home.resolve("recordings").toString());
            update.executeUpdate();
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("db").resolve("core.db"));
    }

    /// @return its exit status
    int fsck(boolean rebuild) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Repository.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
        command.add(Repository.serverJar().toString());
        command.addAll(List.of("fsck", "--home", home.toString()));
        if (rebuild) {
            command.add("--rebuild");
        }
        Path log = home.resolveSibling("fsck.log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    /// Every row of every table of the recordings, as text, sorted.
    List<String> rows() throws SQLException {
        var rows = new ArrayList<String>();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet result = statement.executeQuery("select * from " + table)) {
                    while (result.next()) {
                        var row = new StringBuilder(table);
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            row.append(' ').append(result.getString(i));
                        }
                        rows.add(row.toString());
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    /// Prints and counts the rows that only one of the two has.
    static int differences(List<String> before, List<String> after) {
        var gone = new ArrayList<>(before);
        gone.removeAll(new HashSet<>(after));
        var added = new ArrayList<>(after);
        added.removeAll(new HashSet<>(before));
        gone.forEach(row -> System.out.println("- " + row));
        added.forEach(row -> System.out.println("+ " + row));
        return gone.size() + added.size();
    }
}
