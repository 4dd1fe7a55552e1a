package id.pantau.server.app;

import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.overlay.OverlayVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--video OUT` and `--force` of a command that draws what it sees.
final class VideoOption {
    @Option(
            names = "--video",
            paramLabel = "MP4",
            description = "Also write the video with what was seen drawn into it.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replace the file of --video if it is there.")
    private boolean force;

    /// Before anything is done.
    ///
    /// @throws IOException when the file may not be written
    void check(Path input) throws IOException {
        Path output = file;
        if (output == null) {
            return;
        }
        if (Files.isDirectory(output)) {
            throw new IOException("%s is a folder; name a file for --video".formatted(output));
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("%s is no folder; make it first".formatted(folder));
        }
        if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
            throw new IOException(
                    "%s is the video itself; name another file for --video".formatted(output));
        }
        if (Files.exists(output) && !force) {
            throw new IOException("%s is there already; --force replaces it".formatted(output));
        }
    }

    /// @return null when no video was asked for
    @Nullable OverlayVideo open(FileAnalysis analysis) {
        return file == null ? null : new OverlayVideo(file, analysis.rate(), force);
    }
}
