package id.pantau.bench;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.testkit.ConnectCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The child process of [SimulatedCameras]: `cam1`, `cam2`, … on one port, each looping the same
/// clip. Obeys `drop`, `back` and `connects` on standard input and answers each with a line: the
/// last with the most connects seen at once, and all connects, since the start.
final class CameraProcess {
    private CameraProcess() {}

    /// Arguments: port, number of cameras, clip.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        LoopingClip clip = LoopingClip.open(Path.of(arguments[2]));
        RtspCatalog catalog =
                path ->
                        path.matches("cam\\d+") && Integer.parseInt(path.substring(3)) <= count
                                ? Optional.of(clip)
                                : Optional.empty();
        var counted = new ConnectCount(catalog);
        RtspServer server = start(port, counted);
        System.out.println("ready");
        var commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String answer = line;
            switch (line) {
                case "drop" -> {
                    server.close();
                    counted.dropped();
                }
                case "back" -> server = start(port, counted);
                case "connects" -> {
                    ConnectCount.Figures figures = counted.figures();
                    answer = figures.most() + " " + figures.connects();
                }
                default -> throw new IOException("unknown command " + line);
            }
            System.out.println(answer);
        }
        server.close();
        clip.close();
    }

    private static RtspServer start(int port, ConnectCount cameras) throws IOException {
        return RtspServer.start(RtspServerSettings.loopback().withPort(port), cameras, cameras);
    }
}
