package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An FFmpeg that pushes a clip over and over at its own pace, and whose complaints are printed.
final class Publisher implements AutoCloseable {
    private final Process process;

    private Publisher(Process process) {
        this.process = process;
    }

    static Publisher rtmp(Path clip, String url) throws IOException {
        return push(clip, List.of("-f", "flv", url));
    }

    static Publisher rtsp(Path clip, String url) throws IOException {
        return push(clip, List.of("-f", "rtsp", "-rtsp_transport", "tcp", url));
    }

    private static Publisher push(Path clip, List<String> target) throws IOException {
        var arguments = new ArrayList<>(List.of("-nostdin", "-v", "error"));
        arguments.addAll(List.of("-re", "-stream_loop", "-1", "-i", clip.toString()));
        arguments.addAll(List.of("-c", "copy"));
        arguments.addAll(target);
        Process process = Clips.ffmpeg().start(arguments);
        // a virtual thread that reads from a pipe holds its carrier, and there are two
        var unused = Thread.ofPlatform().daemon().start(() -> repeat(process));
        return new Publisher(process);
    }

    private static void repeat(Process process) {
        try (var said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            said.lines().forEach(line -> System.err.println("publisher: " + line));
        } catch (IOException | RuntimeException _) {
            // ended with the benchmark
        }
    }

    /// Cuts it off.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
