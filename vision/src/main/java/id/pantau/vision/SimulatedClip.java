package id.pantau.vision;

import id.pantau.media.mp4.Mp4File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one simulated camera plays.
///
/// @param name for people
/// @param main an MP4 file with H.264 or H.265
/// @param sub the same scene, small; null when the camera has no sub stream
public record SimulatedClip(String name, Path main, @Nullable Path sub) {
    private static final Duration CONVERSION_LIMIT = Duration.ofMinutes(30);

    /// Makes any video file playable: as it is, else repacked, else encoded anew with H.264. What
    /// was made is kept in the work directory and found again.
    ///
    /// @param withSub whether a sub stream of 640 pixels' width and 5 fps is made, too, with the
    ///   file's sound where it has one
    /// @throws IOException when ffmpeg cannot read the file either; the message says why
    public static SimulatedClip prepare(
            FfmpegProgram ffmpeg, Path file, Path workDirectory, boolean withSub)
            throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no file " + file);
        }
        Files.createDirectories(workDirectory);
        Path main = file;
        if (!isPlayable(main)) {
            main = converted(ffmpeg, file, workDirectory, "-copy", List.of("-c", "copy"));
        }
        if (!isPlayable(main)) {
            main = converted(ffmpeg, file, workDirectory, "-h264", encoding("trunc(iw/2)*2", 0));
        }
        if (!isPlayable(main)) {
            throw new IOException("ffmpeg makes no playable video of " + file);
        }
        Path sub = null;
        if (withSub) {
            sub = converted(ffmpeg, file, workDirectory, "-sub-aac", encoding("640", 5));
        }
        return new SimulatedClip(nameOf(file), main, sub);
    }

    private static boolean isPlayable(Path file) {
        try (Mp4File mp4 = Mp4File.open(file)) {
            return mp4.format().video() != null && mp4.size() > 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// @param fps 0 keeps the file's
    private static List<String> encoding(String width, int fps) {
        var arguments = new ArrayList<String>();
        String height = width.equals("640") ? "-2" : "trunc(ih/2)*2";
        String filter = "scale=%s:%s".formatted(width, height);
        arguments.addAll(List.of("-vf", fps > 0 ? "fps=" + fps + "," + filter : filter));
        arguments.addAll(List.of("-c:v", "libopenh264", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-b:v", fps > 0 ? "256k" : "2500k", "-allow_skip_frames", "0"));
        arguments.addAll(List.of("-force_key_frames", "expr:gte(t,n_forced*2)"));
        arguments.addAll(List.of("-c:a", "aac"));
        if (fps > 0) {
            arguments.addAll(List.of("-b:a", "32k", "-ac", "1"));
        }
        return arguments;
    }

    /// @return the file that was made; it may be unplayable when `arguments` did not suit
    private static Path converted(
            FfmpegProgram ffmpeg, Path file, Path folder, String suffix, List<String> arguments)
            throws IOException, InterruptedException {
        String stamp =
                Long.toHexString(
                        Files.size(file) * 31 + Files.getLastModifiedTime(file).toMillis());
        Path target = folder.resolve(nameOf(file) + "-" + stamp + suffix + ".mp4");
        if (Files.exists(target)) {
            return target;
        }
        Path part = folder.resolve(target.getFileName() + ".part.mp4");
        var command = new ArrayList<>(List.of("-loglevel", "error", "-i", file.toString()));
        command.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?"));
        command.addAll(arguments);
        command.add(part.toString());
        FfmpegProgram.Outcome outcome = ffmpeg.run(command, CONVERSION_LIMIT);
        boolean copying = arguments.contains("copy");
        if (!outcome.succeeded() && !copying) {
            Files.deleteIfExists(part);
            throw new IOException("ffmpeg cannot read %s: %s".formatted(file, outcome.text()));
        }
        if (outcome.succeeded()) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(part);
        }
        return target;
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
