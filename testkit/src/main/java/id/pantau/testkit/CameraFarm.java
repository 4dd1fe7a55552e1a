package id.pantau.testkit;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Many well-behaved cameras behind one port, each with a main and a sub stream of its own pace:
/// `cam1/main`, `cam1/sub`, `cam2/main`, …. All share one copy of the clips.
public final class CameraFarm implements AutoCloseable {
    private final int count;
    private final LoopingClip main;
    private final LoopingClip sub;
    private final ConnectCount connects;
    private final RtspServer server;

    private CameraFarm(int count, LoopingClip main, LoopingClip sub) throws IOException {
        this.count = count;
        this.main = main;
        this.sub = sub;
        this.connects = new ConnectCount(catalog());
        this.server = RtspServer.start(RtspServerSettings.loopback(), connects, connects);
    }

    public static CameraFarm start(int count, GoldenMedia main, GoldenMedia sub) {
        try {
            return new CameraFarm(
                    count, LoopingClip.open(main.path()), LoopingClip.open(sub.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RtspCatalog catalog() {
        return path -> {
            boolean known =
                    IntStream.rangeClosed(1, count)
                            .mapToObj(i -> "cam" + i + "/")
                            .anyMatch(path::startsWith);
            return switch (known ? path.substring(path.indexOf('/') + 1) : "") {
                case "main" -> Optional.of(main);
                case "sub" -> Optional.of(sub);
                default -> Optional.empty();
            };
        };
    }

    /// @param camera from 1
    public URI url(int camera) {
        return URI.create("rtsp://127.0.0.1:%d/cam%d/main".formatted(server.port(), camera));
    }

    /// @param camera from 1
    public URI subUrl(int camera) {
        return URI.create("rtsp://127.0.0.1:%d/cam%d/sub".formatted(server.port(), camera));
    }

    public List<URI> urls() {
        return IntStream.rangeClosed(1, count).mapToObj(this::url).toList();
    }

    /// As a switch that loses power for a moment.
    public void dropConnections() {
        server.dropConnections();
        connects.dropped();
    }

    /// How the cameras were connected to since the start.
    public ConnectCount.Figures connects() {
        return connects.figures();
    }

    public RtspServer.Figures figures() {
        return server.figures();
    }

    @Override
    public void close() {
        server.close();
        try (main;
                sub) {
            // closed by leaving
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
