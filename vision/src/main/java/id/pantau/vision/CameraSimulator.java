package id.pantau.vision;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Plays files as RTSP cameras in a loop: `/cam1/main` and `/cam1/sub`, `/cam2/main`, … The whole
/// of `pantau simulate`, and the cameras of `up --demo`.
public final class CameraSimulator implements AutoCloseable {
    private static final int USUAL_PORT = 8555;

    private final List<Camera> cameras;
    private final List<LoopingClip> clips;
    private final RtspServer server;

    /// One simulated camera.
    ///
    /// @param id `cam1`, `cam2`, … in the order of the files
    public record Camera(String id, String name, URI main, Optional<URI> sub) {}

    private CameraSimulator(List<Camera> cameras, List<LoopingClip> clips, RtspServer server) {
        this.cameras = List.copyOf(cameras);
        this.clips = List.copyOf(clips);
        this.server = server;
    }

    /// @param address port 0 for any free one
    public static CameraSimulator start(
            InetSocketAddress address, RtspAccess access, List<SimulatedClip> films)
            throws IOException {
        var clips = new ArrayList<LoopingClip>();
        Map<String, LoopingClip> mounts = new HashMap<>();
        for (SimulatedClip film : films) {
            String id =
                    "cam" + (mounts.keySet().stream().filter(m -> !m.contains("/")).count() + 1);
            LoopingClip main = LoopingClip.open(film.main());
            clips.add(main);
            mounts.put(id, main);
            mounts.put(id + "/main", main);
            Path sub = film.sub();
            if (sub != null) {
                LoopingClip small = LoopingClip.open(sub);
                clips.add(small);
                mounts.put(id + "/sub", small);
            }
        }
        RtspServer server =
                RtspServer.start(RtspServerSettings.at(address), RtspCatalog.of(mounts), access);
        return new CameraSimulator(describe(server, address, films), clips, server);
    }

    private static List<Camera> describe(
            RtspServer server, InetSocketAddress address, List<SimulatedClip> films) {
        boolean anywhere = address.getAddress() == null || address.getAddress().isAnyLocalAddress();
        String host = anywhere ? "127.0.0.1" : address.getAddress().getHostAddress();
        host = host.contains(":") ? "[" + host + "]" : host;
        var cameras = new ArrayList<Camera>();
        for (SimulatedClip film : films) {
            String id = "cam" + (cameras.size() + 1);
            String base = "rtsp://%s:%d/%s/".formatted(host, server.port(), id);
            Optional<URI> sub = Optional.ofNullable(film.sub()).map(_ -> URI.create(base + "sub"));
            cameras.add(new Camera(id, film.name(), URI.create(base + "main"), sub));
        }
        return cameras;
    }

    public List<Camera> cameras() {
        return cameras;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (LoopingClip clip : clips) {
            clip.close();
        }
    }

    /// `[--port N] [--no-sub] FILE…`: serves until it is ended.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = USUAL_PORT;
        boolean withSub = true;
        var files = new ArrayList<Path>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> port = Integer.parseInt(arguments[++i]);
                case "--no-sub" -> withSub = false;
                default -> files.add(Path.of(arguments[i]));
            }
        }
        if (files.isEmpty()) {
            System.err.println("usage: simulate [--port N] [--no-sub] FILE...");
            System.exit(2);
        }
        Path work = Path.of(System.getProperty("java.io.tmpdir"), "pantau-simulate");
        FfmpegProgram ffmpeg = FfmpegProgram.load();
        var films = new ArrayList<SimulatedClip>();
        for (Path file : files) {
            System.out.println("preparing " + file);
            films.add(SimulatedClip.prepare(ffmpeg, file, work, withSub));
        }
        try (var simulator = start(new InetSocketAddress(port), RtspAccess.OPEN, films)) {
            for (Camera camera : simulator.cameras()) {
                System.out.printf("%s  %s%n", camera.main(), camera.name());
                camera.sub().ifPresent(sub -> System.out.println(sub));
            }
            new CountDownLatch(1).await();
        }
    }
}
