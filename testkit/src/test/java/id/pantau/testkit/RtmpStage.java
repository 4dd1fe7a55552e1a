package id.pantau.testkit;

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
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An RTMP server whose streams are whatever is published with the key `secret`, and real clients
/// for it.
final class RtmpStage implements AutoCloseable {
    static final String KEY = "secret";

    final Map<String, StreamHub> hubs = new ConcurrentHashMap<>();
    final List<StreamEnd> ends = new CopyOnWriteArrayList<>();
    final List<StreamSignal> signals = new CopyOnWriteArrayList<>();
    final FlvStreams streams = new FlvStreams();
    final RtmpServer server;
    private final Map<String, Taken> taken = new ConcurrentHashMap<>();
    private final List<Process> programs = new ArrayList<>();

    RtmpStage(RtmpServerSettings settings) throws IOException {
        RtmpCatalog catalog =
                path ->
                        Optional.ofNullable(hubs.get(path))
                                .map(hub -> new RtmpCatalog.Stream(path, FlvSource.of(hub)));
        server = RtmpServer.start(settings, catalog, RtmpAccess.OPEN, this::open, streams);
    }

    private PublishPoints.Answer open(PublishPoints.Request request) {
        if (!request.key().equals(KEY)) {
            return new PublishPoints.Answer.Refused(
                    PublishPoints.Reason.UNAUTHORIZED, "No stream has this key.");
        }
        StreamHub hub =
                hubs.computeIfAbsent(
                        request.name(), name -> new StreamHub(name, StreamHub.CacheLimits.DEFAULT));
        var publication = new Taken(request.name(), hub);
        return taken.putIfAbsent(request.name(), publication) == null
                ? new PublishPoints.Answer.Open(publication)
                : new PublishPoints.Answer.Refused(
                        PublishPoints.Reason.BUSY, "Somebody else publishes it.");
    }

    private final class Taken implements Publication {
        private final String name;
        private final StreamHub hub;

        Taken(String name, StreamHub hub) {
            this.name = name;
            this.hub = hub;
        }

        @Override
        public void accept(StreamSignal signal) {
            signals.add(signal);
            hub.accept(signal);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close(StreamEnd end) {
            ends.add(end);
            hub.accept(new StreamSignal.Ended(end));
            taken.remove(name, this);
        }
    }

    String playUrl(String path) {
        return "rtmp://127.0.0.1:%d/live/%s".formatted(server.port(), path);
    }

    String publishUrl(String path) {
        return playUrl(path) + "?key=" + KEY;
    }

    /// Loops a clip in real time, as it is.
    Process publish(GoldenMedia media, String url) throws IOException {
        Process program =
                FfmpegProgram.load()
                        .start(
                                List.of(
                                        "-nostdin",
                                        "-v",
                                        "warning",
                                        "-re",
                                        "-stream_loop",
                                        "-1",
                                        "-i",
                                        media.path().toString(),
                                        "-c",
                                        "copy",
                                        "-rtmp_enhanced_codecs",
                                        "hvc1,Opus",
                                        "-f",
                                        "flv",
                                        url));
        programs.add(program);
        return program;
    }

    @Override
    public void close() {
        programs.forEach(Process::destroyForcibly);
        server.close();
        streams.close();
    }
}
