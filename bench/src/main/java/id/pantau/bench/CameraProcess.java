package id.pantau.bench;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.testkit.ConnectCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The child process of [SimulatedCameras]: `cam1`, `cam2`, … on one port, each looping a clip.
/// Obeys `drop`, `back` and `connects` on standard input and answers each with a line: the last
/// with the most connects seen at once, and all connects, since the start.
final class CameraProcess {
    private static final Pattern DAMAGED = Pattern.compile("damaged (?<seed>-?\\d+) (?<path>.+)");

    private CameraProcess() {}

    /// Arguments: port, number of cameras, clips as [SimulatedCameras] has them.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        var clips = new HashMap<String, RtspSource>(); // by path
        var opened = new ArrayList<LoopingClip>();
        for (int i = 2; i < arguments.length; i++) {
            String[] pair = arguments[i].split("\\|", 2);
            RtspSource main = open(pair[0], opened);
            RtspSource sub = pair.length == 1 ? null : open(pair[1], opened);
            for (int camera = i - 1; camera <= count; camera += arguments.length - 2) {
                clips.put("cam" + camera, main);
                if (sub != null) {
                    clips.put("cam" + camera + "/sub", sub);
                }
            }
        }
        RtspCatalog catalog = path -> Optional.ofNullable(clips.get(path));
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
        for (LoopingClip clip : opened) {
            clip.close();
        }
    }

    private static RtspSource open(String clip, List<LoopingClip> opened) throws IOException {
        Matcher damaged = DAMAGED.matcher(clip);
        boolean sound = !damaged.matches();
        LoopingClip whole = LoopingClip.open(Path.of(sound ? clip : damaged.group("path")));
        opened.add(whole);
        return sound ? whole : new DamagedStream(whole, Long.parseLong(damaged.group("seed")));
    }

    private static RtspServer start(int port, ConnectCount cameras) throws IOException {
        return RtspServer.start(RtspServerSettings.loopback().withPort(port), cameras, cameras);
    }
}
