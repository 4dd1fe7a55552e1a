package id.pantau.bench;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Decodes recordings with FFmpeg and listens for complaints.
final class Decoding {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Decoding() {}

    /// @param bad those that FFmpeg failed at, or said anything about
    record Outcome(int files, int bad) {}

    /// Every MP4 file below a folder.
    static Outcome of(Path folder) throws IOException, InterruptedException {
        int bad = 0;
        List<Path> files = files(folder);
        for (Path file : files) {
            bad += isClean(file) ? 0 : 1;
        }
        return new Outcome(files.size(), bad);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
        }
    }

    /// Whether all of it decodes without a word; what FFmpeg says is printed.
    static boolean isClean(Path file) throws IOException, InterruptedException {
        FfmpegProgram.Outcome outcome =
                Clips.ffmpeg()
                        .run(
                                List.of("-v", "error", "-i", file.toString(), "-f", "null", "-"),
                                PATIENCE);
        if (!outcome.succeeded() || !outcome.text().isBlank()) {
            System.out.printf("%s: %s%n", file.getFileName(), outcome.text().strip());
            return false;
        }
        return true;
    }
}
