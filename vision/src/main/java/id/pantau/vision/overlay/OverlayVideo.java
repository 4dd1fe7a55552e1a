package id.pantau.vision.overlay;

import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.Frame;
import id.pantau.vision.decode.VideoFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Frames as an MP4 file with H.264, by the FFmpeg program, which is handed them raw. The file has
/// its name only when it is whole; before that it is a hidden one beside it. Confined to one
/// thread.
public final class OverlayVideo implements AutoCloseable {
    /// Of the encoder, for each pixel: street scenes with boxes are as clear as their input.
    private static final double BITS_PER_PIXEL = 0.15;

    private static final int LEAST_BITRATE = 500_000;
    private static final int FINISH_SECONDS = 120; // the index goes to the front: one more copy

    private final Path file;
    private final Path part;
    private final VideoFile.FrameRate rate;
    private final boolean replace;
    private @Nullable Process encoder; // from the first frame on, which has the size
    private @Nullable OutputStream pictures;
    private CompletableFuture<String> output = CompletableFuture.completedFuture("");
    private int widthPx;
    private int heightPx;

    /// Nothing is written before the first frame.
    ///
    /// @param replace whether a file of that name may be replaced, at the end
    public OverlayVideo(Path file, VideoFile.FrameRate rate, boolean replace) {
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling("." + this.file.getFileName() + ".part");
        this.rate = rate;
        this.replace = replace;
    }

    /// @throws IOException when it cannot be encoded or written; the file is then not there
    public void write(Frame frame) throws IOException {
        OutputStream to = pictures;
        if (to == null) {
            to = start(frame);
        }
        if (frame.widthPx() != widthPx || frame.heightPx() != heightPx) {
            throw new IOException(
                    "%s has pictures of %d x %d and of %d x %d; one video has one size"
                            .formatted(
                                    file.getFileName(),
                                    widthPx,
                                    heightPx,
                                    frame.widthPx(),
                                    frame.heightPx()));
        }
        try {
            to.write(frame.luma());
            to.write(frame.blue());
            to.write(frame.red());
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(file, lastWords()), e);
        }
    }

    private OutputStream start(Frame first) throws IOException {
        widthPx = first.widthPx();
        heightPx = first.heightPx();
        double bitrate = BITS_PER_PIXEL * widthPx * heightPx * rate.fps();
        String framesPerSecond = rate.frames() + "/" + rate.perSeconds();
        Process process =
                FfmpegProgram.load()
                        .start(
                                List.of(
                                        "-loglevel",
                                        "error",
                                        "-f",
                                        "rawvideo",
                                        "-pix_fmt",
                                        "yuv420p",
                                        "-color_range",
                                        first.fullRange() ? "pc" : "tv",
                                        "-video_size",
                                        widthPx + "x" + heightPx,
                                        "-framerate",
                                        framesPerSecond,
                                        "-i",
                                        "pipe:0",
                                        // H.264 of 4:2:0 has even sizes.
                                        "-vf",
                                        "pad=ceil(iw/2)*2:ceil(ih/2)*2",
                                        "-c:v",
                                        "libopenh264",
                                        "-b:v",
                                        "%.0f".formatted(Math.max(LEAST_BITRATE, bitrate)),
                                        "-g",
                                        "%.0f".formatted(Math.max(1, 2 * rate.fps())),
                                        "-movflags",
                                        "+faststart",
                                        "-f",
                                        "mp4",
                                        "file:" + part));
        encoder = process;
        output =
                CompletableFuture.supplyAsync(
                        () -> FfmpegProgram.tailOf(process), Thread::startVirtualThread);
        OutputStream to = new BufferedOutputStream(process.getOutputStream(), 1 << 20);
        pictures = to;
        return to;
    }

    /// After the last frame: the file is whole, and has its name.
    ///
    /// @throws IOException when there was no frame, or the encoder failed
    public void finish() throws IOException, InterruptedException {
        Process process = encoder;
        OutputStream to = pictures;
        if (process == null || to == null) {
            throw new IOException("%s: there was no picture to write".formatted(file));
        }
        try {
            to.close();
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(file, lastWords()), e);
        }
        if (!process.waitFor(FINISH_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("%s cannot be written: %s".formatted(file, lastWords()));
        }
        try {
            if (replace) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(part, file);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("%s has come into being meanwhile".formatted(file), e);
        }
    }

    private String lastWords() {
        Process process = encoder;
        if (process != null) {
            process.destroyForcibly();
        }
        String text = output.join().strip();
        return text.isEmpty() ? "the encoder has ended" : text;
    }

    /// What is not finished is removed.
    @Override
    public void close() throws IOException {
        Process process = encoder;
        if (process != null) {
            process.destroyForcibly();
            output.join(); // it holds the file until it is gone
            Files.deleteIfExists(part);
        }
    }
}
