package id.pantau.media.rtsp;

import id.pantau.media.StreamFormat;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One client's session that plays: from DESCRIBE to TEARDOWN. Requests come on the reading thread,
/// media on the stream's.
final class PlaySession implements MountRun.Listener {
    private final RtspServer server;
    private final ServerConnection connection;
    private final ServerChannel channel;
    private final ServerWriter writer;
    private final ServerRights rights;
    private final Map<Integer, ClientRoute> setUp = new TreeMap<>();
    private volatile RtspTampering tampering = RtspTampering.NONE;
    private volatile boolean playing;
    private volatile boolean playingUdp;
    private @Nullable Mount mount;
    private @Nullable MountRun run;
    private @Nullable Request playRequest;

    /// What the session is about.
    private record Mount(String path, RtspSource source, StreamFormat format) {}

    PlaySession(
            RtspServer server,
            ServerConnection connection,
            ServerChannel channel,
            ServerWriter writer,
            ServerRights rights) {
        this.server = server;
        this.connection = connection;
        this.channel = channel;
        this.writer = writer;
        this.rights = rights;
    }

    /// Whether it has a media track.
    boolean isSetUp() {
        return mount != null;
    }

    /// Whether the client must speak to stay: over TCP, taking media is sign enough.
    boolean mustSpeak() {
        return playingUdp || !playing;
    }

    RtspTampering faultsOf(RequestTarget target) {
        Mount current = mount;
        if (current != null) {
            return current.source.tampering();
        }
        return server.catalog()
                .find(target.path())
                .map(RtspSource::tampering)
                .orElse(RtspTampering.NONE);
    }

    Response describe(Request request, RequestTarget target) throws InterruptedException {
        return switch (rights.find(request, target)) {
            case ServerRights.Found.Refused(Response refusal) -> refusal;
            case ServerRights.Found.Here(RtspSource source) ->
                    source.awaitFormat()
                            .map(format -> described(request, target, format))
                            .orElseGet(() -> Response.of(503, "Service Unavailable"));
        };
    }

    private static Response described(Request request, RequestTarget target, StreamFormat format) {
        String base = request.uri();
        int query = base.indexOf('?');
        base = query < 0 ? base : base.substring(0, query);
        base = base.endsWith("/") ? base : base + "/";
        long version = target.path().hashCode() * 31L + format.hashCode();
        return ServerConnection.ok()
                .with("Content-Base", base)
                .withBody("application/sdp", MountDescription.write(format, version));
    }

    Response setup(Request request, RequestTarget target) throws InterruptedException {
        if (playing) {
            return ServerConnection.wrongState();
        }
        Mount current = mount;
        if (current != null && !current.path.equals(target.path())) {
            return Response.of(459, "Aggregate Operation Not Allowed");
        }
        if (current == null) {
            switch (rights.find(request, target)) {
                case ServerRights.Found.Refused(Response refusal) -> {
                    return refusal;
                }
                case ServerRights.Found.Here(RtspSource source) -> {
                    StreamFormat format = source.awaitFormat().orElse(null);
                    if (format == null) {
                        return Response.of(503, "Service Unavailable");
                    }
                    current = new Mount(target.path(), source, format);
                }
            }
        }
        int tracks = MountRun.tracks(current.format).size();
        int track = target.track() < 0 && tracks == 1 ? 0 : target.track();
        if (track < 0) {
            return Response.of(459, "Aggregate Operation Not Allowed");
        }
        return track >= tracks
                ? Response.of(404, "Not Found")
                : setupTrack(request, current, track);
    }

    private Response setupTrack(Request request, Mount current, int track) {
        String wanted = request.headers().first("Transport").orElse("");
        Optional<AgreedRoute> agreed;
        try {
            agreed = AgreedRoute.find(wanted, track, channel, server.settings().udp(), null);
        } catch (IOException _) {
            return Response.of(500, "Internal Server Error");
        }
        if (agreed.isEmpty()) {
            return Response.of(461, "Unsupported Transport");
        }
        mount = current;
        tampering = current.source.tampering();
        writer.tamper(tampering);
        ClientRoute before = setUp.put(track, agreed.get().route());
        if (before != null) {
            before.close();
        }
        writer.route(setUp);
        return connection
                .withNewSession(ServerConnection.ok())
                .with("Transport", agreed.get().answer().write());
    }

    /// @return null when it answers by itself, before the first media
    @Nullable Response play(Request request) {
        Mount current = mount;
        if (current == null) {
            return ServerConnection.wrongState();
        }
        if (playing) {
            return connection.withSession(ServerConnection.ok());
        }
        Response refusal = refusedRange(request);
        if (refusal != null) {
            return refusal;
        }
        playRequest = request;
        writer.restart();
        playing = true;
        playingUdp = setUp.values().stream().anyMatch(ClientRoute.Udp.class::isInstance);
        run = server.join(current.path, current.source, current.format, this);
        playing = run != null;
        return playing ? null : Response.of(503, "Service Unavailable");
    }

    /// What is played here is live, and begins when it is asked for whatever range is asked for;
    /// but a range that nobody can read, or that is over, is no wish to see that.
    ///
    /// @return null when there is none, or it is good
    private static @Nullable Response refusedRange(Request request) {
        String header = request.headers().first("Range").orElse(null);
        if (header == null) {
            return null;
        }
        if (RtspRange.Format.find(header).isEmpty()) {
            return Response.of(501, "Not Implemented"); // RFC 2326 §12.29
        }
        RtspRange range = RtspRange.parse(header).orElse(null);
        boolean over =
                range != null
                        && range.end() instanceof RtspRange.Position.At(Instant end)
                        && end.isBefore(Instant.now());
        return range == null || over ? Response.of(457, "Invalid Range") : null;
    }

    /// The range that is really played, by the wall clock for whoever asked by it.
    private static RtspRange playedRange(Request request) {
        return request.headers()
                .first("Range")
                .flatMap(RtspRange.Format::find)
                .filter(RtspRange.Format.CLOCK::equals)
                .map(clock -> {
                    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                    return new RtspRange(clock, new RtspRange.Position.At(now), null, null);
                })
                .orElse(RtspRange.LIVE);
    }

    @Override
    public void starting(Map<Integer, MountRun.Start> starts) {
        Request request = playRequest;
        if (request == null) {
            return;
        }
        var infos = new ArrayList<RtpInfo>();
        String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
        starts.forEach((track, start) -> {
            if (setUp.containsKey(track)) {
                long time = start.rtpTime() & 0xffff_ffffL;
                infos.add(new RtpInfo(base + "track" + track, start.seq(), time, null));
            }
        });
        Response answer =
                connection
                        .withSession(ServerConnection.ok())
                        .with("Range", playedRange(request).write());
        if (!infos.isEmpty()) {
            answer = answer.with("RTP-Info", RtpInfo.write(infos));
        }
        Response faulty = tampering.answer(request, answer);
        boolean unused = writer.send(ServerConnection.sequenced(request, faulty));
    }

    @Override
    public void media(PacketBatch batch) {
        writer.media(batch);
    }

    @Override
    public void ended(String why) {
        connection.close();
    }

    Response pause() {
        MountRun current = run;
        if (current == null) {
            return ServerConnection.wrongState();
        }
        leave(current);
        return connection.withSession(ServerConnection.ok());
    }

    void tearDown() {
        MountRun current = run;
        if (current != null) {
            leave(current);
        }
        setUp.values().forEach(ClientRoute::close);
        setUp.clear();
        writer.route(Map.of());
        mount = null;
    }

    private void leave(MountRun current) {
        playing = false;
        playingUdp = false;
        run = null;
        current.leave(this);
    }
}
