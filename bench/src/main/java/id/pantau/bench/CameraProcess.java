package id.pantau.bench;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The child process of [SimulatedCameras]: `cam1`, `cam2`, … on one port, each looping the same
/// clip. Obeys `drop` and `back` on standard input and answers each with a line.
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
        RtspServer server = start(port, catalog);
        System.out.println("ready");
        var commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (line) {
                case "drop" -> server.close();
                case "back" -> server = start(port, catalog);
                default -> throw new IOException("unknown command " + line);
            }
            System.out.println(line);
        }
        server.close();
        clip.close();
    }

    private static RtspServer start(int port, RtspCatalog catalog) throws IOException {
        return RtspServer.start(
                RtspServerSettings.loopback().withPort(port), catalog, RtspAccess.OPEN);
    }
}
