package id.pantau.bench;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.flv.FlvStreams;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtmp.RtmpAccess;
import id.pantau.media.rtmp.RtmpCatalog;
import id.pantau.media.rtmp.RtmpServer;
import id.pantau.media.rtmp.RtmpServerSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The RTMP server on its own, as a process to be measured: plays what is published under the same
/// name. Prints its port and ends with its standard input.
final class RelayServer {
    private static final Map<String, StreamHub> HUBS = new ConcurrentHashMap<>();

    private RelayServer() {}

    public static void main(String[] arguments) throws IOException {
        RtmpCatalog catalog =
                path ->
                        Optional.ofNullable(HUBS.get(path))
                                .map(hub -> new RtmpCatalog.Stream(path, FlvSource.of(hub)));
        try (var streams = new FlvStreams();
                var server =
                        RtmpServer.start(
                                RtmpServerSettings.loopback(),
                                catalog,
                                RtmpAccess.OPEN,
                                RelayServer::open,
                                streams)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {}
        }
    }

    private static PublishPoints.Answer open(PublishPoints.Request request) {
        StreamHub hub =
                HUBS.computeIfAbsent(
                        request.key(), name -> new StreamHub(name, StreamHub.CacheLimits.DEFAULT));
        return new PublishPoints.Answer.Open(
                new Publication() {
                    @Override
                    public void accept(StreamSignal signal) {
                        hub.accept(signal);
                    }

                    @Override
                    public boolean isOpen() {
                        return true;
                    }

                    @Override
                    public void close(StreamEnd end) {
                        hub.accept(new StreamSignal.Ended(end));
                    }
                });
    }
}
