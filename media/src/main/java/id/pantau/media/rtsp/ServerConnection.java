package id.pantau.media.rtsp;

import id.pantau.media.StreamFormat;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One client of an [RtspServer] and its one RTSP session. One thread reads requests and answers
/// them, another one writes; state of the session is the reading thread's, but for the routes,
/// which are published whole.
final class ServerConnection implements MountRun.Listener {
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    /// So much is put into one system call at most.
    private static final int WRITE_BYTES = 512 << 10;

    /// A client that has taken nothing for so long has hung itself up.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(20);

    /// UDP packets sent in one go before the receiver gets a moment to empty its buffer.
    private static final int BURST_PACKETS = 48;

    private static final int MAX_REFUSALS = 16;

    private final RtspServer server;
    private final SocketChannel channel;
    private final String nonce;
    private final InetSocketAddress peer;
    private final ClientQueue queue;
    private final RtspInput input = new RtspInput();
    private final Set<String> allowedPaths = new HashSet<>();
    private final Map<Integer, ClientRoute> setUp = new TreeMap<>();
    private volatile Map<Integer, ClientRoute> routes = Map.of();
    private volatile RtspTampering tampering = RtspTampering.NONE;
    private volatile long lastSignNanos = System.nanoTime();
    private volatile long writingSinceNanos;
    private volatile boolean playingUdp;
    private volatile boolean playing;
    private volatile @Nullable Thread writer;
    private int refusals;
    private @Nullable String sessionId;
    private @Nullable Mount mount;
    private @Nullable MountRun run;
    private @Nullable Request playRequest;

    /// What this client's session is about.
    private record Mount(String path, RtspSource source, StreamFormat format) {}

    ServerConnection(RtspServer server, SocketChannel channel, String nonce) throws IOException {
        this.server = server;
        this.channel = channel;
        this.nonce = nonce;
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.queue = new ClientQueue(server.settings().queueBytes());
    }

    long dropped() {
        return queue.dropped();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // gone already
        }
        Thread current = writer;
        if (current != null) {
            current.interrupt();
        }
    }

    boolean isLifeless(Duration sessionTimeout) {
        long now = System.nanoTime();
        long writing = writingSinceNanos;
        if (writing != 0 && now - writing > STUCK_AFTER.toNanos()) {
            return true;
        }
        boolean mustSpeak = playingUdp || !playing; // over TCP, taking media is sign enough
        return mustSpeak && now - lastSignNanos > sessionTimeout.toNanos();
    }

    // -- reading -------------------------------------------------------------------------------

    void read() {
        try (channel) {
            while (input.fill(channel) >= 0) {
                lastSignNanos = System.nanoTime();
                for (var found = input.next();
                        found != RtspInput.Found.NOTHING;
                        found = input.next()) {
                    boolean request =
                            found == RtspInput.Found.MESSAGE && input.message() instanceof Request;
                    if (request && !answer((Request) input.message())) {
                        return;
                    }
                }
            }
        } catch (MalformedRtspException e) {
            send(Response.of(400, "Bad Request").with("Warning", "199 pantau " + e.getMessage()));
        } catch (IOException _) {
            // the client is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            tearDown();
            close();
            server.gone(this);
        }
    }

    /// @return false when the connection is to be closed
    private boolean answer(Request request) throws InterruptedException {
        RequestTarget target = RequestTarget.parse(request.uri());
        RtspTampering faults = faultsOf(target);
        Response instead = faults.instead(request);
        if (instead != null) {
            return send(sequenced(request, instead));
        }
        if (request.cseq().isEmpty()) {
            return send(Response.of(400, "Bad Request"));
        }
        Response right = handle(request, target);
        if (right == null) {
            return true; // PLAY answers by itself, before the first media
        }
        boolean open = send(sequenced(request, faults.answer(request, right)));
        return open && refusals < MAX_REFUSALS;
    }

    private RtspTampering faultsOf(RequestTarget target) {
        Mount current = mount;
        if (current != null) {
            return current.source.tampering();
        }
        return server.catalog()
                .find(target.path())
                .map(RtspSource::tampering)
                .orElse(RtspTampering.NONE);
    }

    private @Nullable Response handle(Request request, RequestTarget target)
            throws InterruptedException {
        if (hasForeignSession(request)) {
            return Response.of(454, "Session Not Found");
        }
        return switch (request.method()) {
            case "OPTIONS" -> ok().with("Public", METHODS);
            case "DESCRIBE" -> describe(request, target);
            case "SETUP" -> setup(request, target);
            case "PLAY" -> play(request);
            case "PAUSE" -> pause();
            case "GET_PARAMETER", "SET_PARAMETER" -> withSession(ok());
            case "TEARDOWN" -> {
                tearDown();
                yield ok();
            }
            case "ANNOUNCE", "RECORD" ->
                    Response.of(405, "Method Not Allowed").with("Allow", METHODS);
            default -> Response.of(501, "Not Implemented").with("Public", METHODS);
        };
    }

    private boolean hasForeignSession(Request request) {
        return request.headers()
                .first("Session")
                .flatMap(SessionHeader::parse)
                .filter(session -> !session.id().equals(sessionId))
                .isPresent();
    }

    private Response describe(Request request, RequestTarget target) throws InterruptedException {
        return switch (find(request, target)) {
            case Found.Refused(Response refusal) -> refusal;
            case Found.Here(RtspSource source) ->
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
        return ok().with("Content-Base", base)
                .withBody("application/sdp", MountDescription.write(format, version));
    }

    private sealed interface Found {
        record Here(RtspSource source) implements Found {}

        record Refused(Response answer) implements Found {}
    }

    /// Rights first: who has none does not learn what exists.
    private Found find(Request request, RequestTarget target) {
        if (!allowedPaths.contains(target.path())) {
            switch (server.access().check(asked(request, target))) {
                case ALLOWED -> allowedPaths.add(target.path());
                case UNAUTHORIZED -> {
                    return new Found.Refused(unauthorized());
                }
                case HIDDEN -> {
                    refusals++;
                    return new Found.Refused(Response.of(404, "Not Found"));
                }
            }
        }
        return server.catalog()
                .find(target.path())
                .<Found>map(Found.Here::new)
                .orElseGet(() -> new Found.Refused(Response.of(404, "Not Found")));
    }

    private RtspAccess.Asked asked(Request request, RequestTarget target) {
        Optional<RtspAuthorization> authorization =
                request.headers().first("Authorization").flatMap(RtspAuthorization::parse);
        return new RtspAccess.Asked(
                request.method(), target.path(), target.query(), authorization, nonce, peer);
    }

    private Response unauthorized() {
        refusals++;
        Response answer = Response.of(401, "Unauthorized");
        for (RtspChallenge challenge : server.access().challenges(nonce)) {
            answer = answer.with("WWW-Authenticate", challenge.write());
        }
        return answer;
    }

    private Response setup(Request request, RequestTarget target) throws InterruptedException {
        if (playing) {
            return Response.of(455, "Method Not Valid in This State");
        }
        Mount current = mount;
        if (current != null && !current.path.equals(target.path())) {
            return Response.of(459, "Aggregate Operation Not Allowed");
        }
        if (current == null) {
            switch (find(request, target)) {
                case Found.Refused(Response refusal) -> {
                    return refusal;
                }
                case Found.Here(RtspSource source) -> {
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
        for (RtspTransport offer : RtspTransport.parseAll(wanted)) {
            try {
                Optional<RtspTransport> agreed = agree(offer, track);
                if (agreed.isPresent()) {
                    mount = current;
                    tampering = current.source.tampering();
                    sessionId = sessionId == null ? server.newSessionId() : sessionId;
                    return withSession(ok()).with("Transport", agreed.get().write());
                }
            } catch (IOException _) {
                return Response.of(500, "Internal Server Error");
            }
        }
        return Response.of(461, "Unsupported Transport");
    }

    private Optional<RtspTransport> agree(RtspTransport offer, int track) throws IOException {
        if (offer.delivery() == RtspTransport.Delivery.MULTICAST) {
            return Optional.empty();
        }
        if (offer.isInterleaved() && offer.protocol().startsWith("RTP/AVP")) {
            var pair = offer.interleaved();
            pair = pair == null ? new RtspTransport.Pair(2 * track, 2 * track + 1) : pair;
            if (pair.rtp() > 255 || pair.rtcp() > 255) {
                return Optional.empty();
            }
            replace(track, new ClientRoute.Interleaved(pair.rtp(), pair.rtcp()));
            return Optional.of(transport("RTP/AVP/TCP", pair, null, null));
        }
        var ports = offer.clientPort();
        if (!offer.protocol().equals("RTP/AVP") || ports == null || !server.settings().udp()) {
            return Optional.empty();
        }
        var local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        var route = ClientRoute.Udp.open(local, peer.getAddress(), ports);
        replace(track, route);
        return Optional.of(transport("RTP/AVP", null, ports, route.serverPorts()));
    }

    private static RtspTransport transport(
            String protocol,
            RtspTransport.@Nullable Pair interleaved,
            RtspTransport.@Nullable Pair client,
            RtspTransport.@Nullable Pair serverPorts) {
        return new RtspTransport(
                protocol,
                RtspTransport.Delivery.UNICAST,
                null,
                null,
                interleaved,
                null,
                client,
                serverPorts,
                null,
                null,
                null);
    }

    private void replace(int track, ClientRoute route) {
        ClientRoute before = setUp.put(track, route);
        if (before != null) {
            before.close();
        }
        routes = Map.copyOf(setUp);
    }

    private @Nullable Response play(Request request) {
        Mount current = mount;
        if (current == null) {
            return Response.of(455, "Method Not Valid in This State");
        }
        if (playing) {
            return withSession(ok());
        }
        Response refusal = refusedRange(request);
        if (refusal != null) {
            return refusal;
        }
        playRequest = request;
        queue.restart();
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
        Response answer = withSession(ok()).with("Range", playedRange(request).write());
        if (!infos.isEmpty()) {
            answer = answer.with("RTP-Info", RtpInfo.write(infos));
        }
        boolean unused = send(sequenced(request, tampering.answer(request, answer)));
    }

    private Response pause() {
        MountRun current = run;
        if (current == null) {
            return Response.of(455, "Method Not Valid in This State");
        }
        leave(current);
        return withSession(ok());
    }

    private void leave(MountRun current) {
        playing = false;
        playingUdp = false;
        run = null;
        current.leave(this);
    }

    private void tearDown() {
        MountRun current = run;
        if (current != null) {
            leave(current);
        }
        setUp.values().forEach(ClientRoute::close);
        setUp.clear();
        routes = Map.of();
        mount = null;
        sessionId = null;
    }

    private static Response ok() {
        return Response.of(200, "OK");
    }

    private Response withSession(Response response) {
        String id = sessionId;
        return id == null
                ? response
                : response.with(
                        "Session",
                        new SessionHeader(id, server.settings().sessionTimeout()).write());
    }

    private static Response sequenced(Request request, Response response) {
        var headers = response.headers();
        String cseq = Integer.toString(request.cseq().orElse(0));
        var first = new ArrayList<>(List.of(new RtspHeaders.Header("CSeq", cseq)));
        first.add(new RtspHeaders.Header("Server", "Pantau"));
        first.addAll(headers.lines());
        return new Response(
                response.status(), response.reason(), new RtspHeaders(first), response.body());
    }

    private boolean send(Response response) {
        return queue.answer(response.write());
    }

    // -- writing -------------------------------------------------------------------------------

    @Override
    public void media(PacketBatch batch) {
        if (routes.containsKey(batch.track())) {
            queue.media(batch);
        }
    }

    @Override
    public void ended(String why) {
        close();
    }

    void write() {
        writer = Thread.currentThread();
        var items = new ArrayList<ClientQueue.Item>();
        var buffers = new ArrayList<ByteBuffer>();
        try {
            while (channel.isOpen()) {
                queue.take(items, WRITE_BYTES);
                writingSinceNanos = System.nanoTime();
                for (ClientQueue.Item item : items) {
                    switch (item) {
                        case ClientQueue.Item.Answer(ByteBuffer bytes) -> buffers.add(bytes);
                        case ClientQueue.Item.Media(PacketBatch batch) -> media(batch, buffers);
                    }
                }
                writeAll(buffers);
                writingSinceNanos = 0;
                items.clear();
                buffers.clear();
            }
        } catch (IOException _) {
            // the client is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void media(PacketBatch batch, List<ByteBuffer> buffers) throws InterruptedException {
        switch (routes.get(batch.track())) {
            case null -> {} // torn down meanwhile
            case ClientRoute.Interleaved route -> {
                int wanted = batch.rtcp() ? route.rtcpChannel() : route.rtpChannel();
                ByteBuffer frames =
                        route.isUsual(batch.track())
                                ? batch.frames().duplicate()
                                : batch.onChannel(wanted);
                buffers.add(tampering.interleaved(frames));
            }
            case ClientRoute.Udp route -> {
                sendDatagrams(route, batch);
                if (batch.rtcp() && route.heardOf()) {
                    lastSignNanos = System.nanoTime();
                }
            }
        }
    }

    private void sendDatagrams(ClientRoute.Udp route, PacketBatch batch)
            throws InterruptedException {
        ByteBuffer frames = batch.frames().duplicate();
        for (int count = 1; frames.hasRemaining(); count++) {
            int length = frames.getShort(frames.position() + 2) & 0xffff;
            int start = frames.position() + PacketBatch.FRAME_HEADER_BYTES;
            route.send(batch.rtcp(), tampering.datagram(frames.slice(start, length)));
            frames.position(start + length);
            if (count % BURST_PACKETS == 0) {
                Thread.sleep(1);
            }
        }
    }

    private void writeAll(List<ByteBuffer> buffers) throws IOException {
        if (buffers.size() == 1) {
            ByteBuffer only = buffers.getFirst();
            while (only.hasRemaining()) {
                int unused = channel.write(only);
            }
            return;
        }
        ByteBuffer[] all = buffers.toArray(ByteBuffer[]::new);
        int first = 0;
        while (first < all.length) {
            if (all[first].hasRemaining()) {
                long unused = channel.write(all, first, Math.min(all.length - first, 512));
            } else {
                first++;
            }
        }
    }
}
