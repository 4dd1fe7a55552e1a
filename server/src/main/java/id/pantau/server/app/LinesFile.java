package id.pantau.server.app;

import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lines to count at, from a file with hand-made counts (`pantau-count-gt/1`): clips by file name,
/// each with its size in pixels and lines in those pixels. Its directions are `+` towards larger x
/// (larger y, for a line that lies) and `-`.
final class LinesFile {
    private final List<Line> lines;

    private LinesFile(List<Line> lines) {
        this.lines = lines;
    }

    static LinesFile none() {
        return new LinesFile(List.of());
    }

    /// @param video whose lines are wanted
    /// @throws IOException when it cannot be read, or says nothing about that video
    static LinesFile read(Path file, Path video) throws IOException {
        String name = String.valueOf(video.getFileName());
        try {
            JsonNode root = new JsonMapper().readTree(Files.readString(file));
            for (JsonNode clip : root.path("clips")) {
                if (clip.path("file").asString("").equals(name)) {
                    return new LinesFile(lines(clip));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("%s is no file of lines: %s".formatted(file, e.getMessage()), e);
        }
        throw new IOException("%s has no lines for %s".formatted(file, name));
    }

    private static List<Line> lines(JsonNode clip) {
        double width = clip.path("width").asDouble(0);
        double height = clip.path("height").asDouble(0);
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("a clip without width and height");
        }
        var lines = new ArrayList<Line>();
        for (JsonNode line : clip.path("lines")) {
            lines.add(
                    new Line(
                            line.path("id").asString(),
                            line.path("x1").asDouble() / width,
                            line.path("y1").asDouble() / height,
                            line.path("x2").asDouble() / width,
                            line.path("y2").asDouble() / height));
        }
        return lines;
    }

    List<Line> lines() {
        return lines;
    }

    /// `+` or `-`.
    String direction(Crossing crossing) {
        Line line =
                lines.stream()
                        .filter(one -> one.id().equals(crossing.line()))
                        .findFirst()
                        .orElseThrow();
        return line.isAscending(crossing.direction()) ? "+" : "-";
    }
}
