package id.pantau.vision;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/// The `ffmpeg` and `ffprobe` executables that come inside the FFmpeg jar (LGPL build: H.264 by
/// libopenh264, no x264, no H.265 encoder). Run as child processes, with an argument list and never
/// through a shell. Thread-safe.
public final class FfmpegProgram {
    /// How much of what a program prints is kept, from its end.
    private static final int KEPT_OUTPUT_BYTES = 256 << 10;

    private static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

    private final Path ffmpeg;
    private final Path ffprobe;

    /// What a finished program left behind.
    ///
    /// @param text the end of its output and error output together, at most 256 KiB
    public record Outcome(int exitCode, String text) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    private FfmpegProgram(Path ffmpeg, Path ffprobe) {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
    }

    /// Unpacks the executables (about 56 MB, once per cache directory) and finds them.
    ///
    /// @throws IOException when the jar holds none for this platform or the cache cannot be written
    public static FfmpegProgram load() throws IOException {
        try {
            return new FfmpegProgram(
                    Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)),
                    Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class)));
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | NullPointerException e) {
            throw new IOException("no FFmpeg for " + Loader.getPlatform() + " in the jar", e);
        }
    }

    /// Like [#load()]; must be the first thing in the process that loads native code of JavaCPP.
    ///
    /// @param cacheDirectory where the executables are unpacked; shared between processes
    public static FfmpegProgram load(Path cacheDirectory) throws IOException {
        System.setProperty(CACHE_PROPERTY, cacheDirectory.toAbsolutePath().toString());
        return load();
    }

    /// Runs `ffmpeg -hide_banner -nostdin -y` and these arguments.
    ///
    /// @param limit after which it is killed
    /// @throws IOException when it cannot be started or does not finish in time
    public Outcome run(List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y"));
        command.addAll(arguments);
        return runToEnd(ffmpeg, command, limit);
    }

    /// Runs `ffmpeg` like [#run] and fails when it fails.
    public void require(List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        Outcome outcome = run(arguments, limit);
        if (!outcome.succeeded()) {
            throw new IOException(
                    "ffmpeg ended with %d: %s".formatted(outcome.exitCode(), outcome.text()));
        }
    }

    /// Runs `ffprobe -hide_banner` and these arguments.
    public Outcome probe(List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("-hide_banner"));
        command.addAll(arguments);
        return runToEnd(ffprobe, command, limit);
    }

    /// Starts `ffmpeg -hide_banner -y` for a caller that writes to its standard input. Its error
    /// output joins its output, which the caller must read or it will block.
    public Process start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("-hide_banner", "-y"));
        command.addAll(arguments);
        return process(ffmpeg, command).start();
    }

    private static Outcome runToEnd(Path program, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        Process process = process(program, arguments).start();
        try {
            process.getOutputStream().close(); // it has nothing to read
            var text =
                    CompletableFuture.supplyAsync(
                            () -> tailOf(process), Thread::startVirtualThread);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "%s did not finish within %s".formatted(program.getFileName(), limit));
            }
            return new Outcome(process.exitValue(), text.get());
        } catch (ExecutionException e) {
            throw new IOException("output of %s lost".formatted(program.getFileName()), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder process(Path program, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /// Reads a program's output to its end and keeps the last part of it.
    public static String tailOf(Process process) {
        byte[] ring = new byte[KEPT_OUTPUT_BYTES];
        long total = 0;
        byte[] buffer = new byte[8 << 10];
        try (InputStream output = process.getInputStream()) {
            for (int count; (count = output.read(buffer)) >= 0; ) {
                for (int i = 0; i < count; i++) {
                    ring[(int) (total++ % ring.length)] = buffer[i];
                }
            }
        } catch (IOException _) {
            // killed: what was read so far is all there is
        }
        if (total <= ring.length) {
            return new String(ring, 0, (int) total, UTF_8);
        }
        int start = (int) (total % ring.length);
        return new String(ring, start, ring.length - start, UTF_8)
                + new String(ring, 0, start, UTF_8);
    }
}
