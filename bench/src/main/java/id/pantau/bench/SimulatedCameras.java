package id.pantau.bench;

import id.pantau.testkit.ConnectCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return start(count, List.of(clip.toString()));
    }

    /// A clip whose packets are to be damaged.
    static String damaged(String clip, long seed) {
        return "damaged %d %s".formatted(seed, clip);
    }

    /// @param clips the cameras take them in turns; a file, or two with `|` between them, of which
    ///   the second is at `/sub`; each may be [#damaged]
    static SimulatedCameras start(int count, List<String> clips) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var command =
                new ArrayList<>(
                        List.of(
                                Repository.java(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CameraProcess.class.getName(),
                                Integer.toString(port),
                                Integer.toString(count)));
        command.addAll(clips);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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

    /// What the cameras saw of the connects to them, since the start.
    ConnectCount.Figures connects() throws IOException {
        String[] figures = tell("connects").split(" ");
        return new ConnectCount.Figures(Integer.parseInt(figures[0]), Integer.parseInt(figures[1]));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String tell(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
        return awaitAnswer();
    }

    private String awaitAnswer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the simulated cameras ended");
        }
        return answer;
    }
}
