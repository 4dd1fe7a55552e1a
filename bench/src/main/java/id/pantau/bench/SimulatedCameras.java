package id.pantau.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/// Cameras in a process of their own, so that what they cost is not counted as Pantau's.
final class SimulatedCameras implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private SimulatedCameras(Process process, int port) {
        this.process = process;
        this.answers = process.inputReader();
        this.port = port;
    }

    static SimulatedCameras start(int count, Path clip) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Repository.java(),
                                        "-Xmx256m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        CameraProcess.class.getName(),
                                        Integer.toString(port),
                                        Integer.toString(count),
                                        clip.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var cameras = new SimulatedCameras(process, port);
        cameras.awaitAnswer();
        return cameras;
    }

    /// @param camera from 1
    String url(int camera) {
        return "rtsp://127.0.0.1:%d/cam%d".formatted(port, camera);
    }

    /// All connections break and new ones are refused until [#comeBack()].
    void drop() throws IOException {
        tell("drop");
    }

    void comeBack() throws IOException {
        tell("back");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void tell(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
        awaitAnswer();
    }

    private void awaitAnswer() throws IOException {
        if (answers.readLine() == null) {
            throw new IOException("the simulated cameras ended");
        }
    }
}
