package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.net.PendingConnections.Pending;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.SessionDescription;
import id.pantau.media.sdp.TrackChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One client of an [RtspServer] and its one RTSP session, which plays or publishes. One thread
/// reads requests and answers them; another one, begun with the first request, writes.
final class ServerConnection {
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
    private static final String METHODS_WITH_RECORD = METHODS + ", ANNOUNCE, RECORD";

    /// Who is allowed nothing by then is let go, however much or slowly it talks.
    private static final Duration SIGN_IN_WITHIN = Duration.ofSeconds(10);

    private final RtspServer server;
    private final ServerChannel channel;
    private final Pending pending;
    private final Executor threads;
    private final InetSocketAddress peer;
    private final ServerWriter writer;
    private final ServerRights rights;
    private final PlaySession play;
    private final RtspInput input = new RtspInput();
    private final long openedNanos = System.nanoTime();
    private volatile long lastSignNanos = openedNanos;
    private boolean asked;
    private volatile boolean stalled;
    private volatile @Nullable RecordSession recording;
    private @Nullable String sessionId;
    private RtspTampering faults = RtspTampering.NONE; // of what was asked about last

    /// @param pending until the client is allowed something
    ServerConnection(
            RtspServer server,
            ServerChannel channel,
            Pending pending,
            String nonce,
            Executor threads)
            throws IOException {
        this.server = server;
        this.channel = channel;
        this.pending = pending;
        this.threads = threads;
        this.peer = channel.peer();
        this.writer = new ServerWriter(channel, server.settings().queueBytes(), this::heard);
        this.rights = new ServerRights(server, nonce, peer, pending);
        this.play = new PlaySession(server, this, channel, writer, rights);
    }

    InetSocketAddress peer() {
        return peer;
    }

    long dropped() {
        return writer.dropped();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // gone already
        }
        writer.close();
    }

    /// The client gave a sign of life.
    void heard() {
        lastSignNanos = System.nanoTime();
    }

    /// Lets the client go when it gives no sign of life, takes nothing any more, or lost its right.
    void closeIfLifeless(Duration sessionTimeout) {
        if (isLate(sessionTimeout)) {
            pending.failed("it did not sign in in time");
            close();
            return;
        }
        RecordSession publisher = recording;
        if (publisher != null && publisher.isStalled()) {
            stalled = true;
            close();
        } else if (isLifeless(sessionTimeout) || (publisher != null && publisher.isRevoked())) {
            close();
        }
    }

    private boolean isLate(Duration sessionTimeout) {
        long limit = Math.min(SIGN_IN_WITHIN.toNanos(), sessionTimeout.toNanos());
        return pending.isPending() && System.nanoTime() - openedNanos > limit;
    }

    private boolean isLifeless(Duration sessionTimeout) {
        long now = System.nanoTime();
        if (writer.isStuck()) {
            return true;
        }
        return play.mustSpeak() && now - lastSignNanos > sessionTimeout.toNanos();
    }

    void read() {
        StreamEnd.Reason why = StreamEnd.Reason.CONNECTION_LOST;
        try (channel) {
            channel.handshake();
            while (channel.fill(input) >= 0) {
                lastSignNanos = System.nanoTime();
                if (!takeAll()) {
                    return;
                }
            }
        } catch (MalformedRtspException e) {
            why = StreamEnd.Reason.PROTOCOL_ERROR;
            pending.failed("it sends " + e.getMessage());
            boolean unused =
                    writer.send(
                            Response.of(400, "Bad Request")
                                    .with("Warning", "199 pantau " + e.getMessage()));
        } catch (IOException _) {
            // the client is gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            play.tearDown();
            endRecording(why);
            close();
            pending.settle();
            server.gone(this);
        }
    }

    /// @return false when the connection is to be closed
    private boolean takeAll() throws MalformedRtspException, InterruptedException {
        for (var found = input.next(); found != RtspInput.Found.NOTHING; found = input.next()) {
            RecordSession publisher = recording;
            if (found == RtspInput.Found.FRAME) {
                if (publisher != null) {
                    publisher.frame(input.frameChannel(), input.frame());
                } else {
                    faults.heard(input.frameChannel(), input.frame());
                }
            }
            if (found == RtspInput.Found.MESSAGE
                    && input.message() instanceof Request request
                    && !answer(request)) {
                return false;
            }
        }
        return true;
    }

    private void endRecording(StreamEnd.Reason why) {
        RecordSession publisher = recording;
        recording = null;
        if (publisher == null) {
            return;
        }
        StreamEnd end;
        if (stalled) {
            end = new StreamEnd(StreamEnd.Reason.STALLED, "The publisher sent nothing for 10 s.");
        } else if (publisher.isRevoked() || server.isClosed()) {
            end = new StreamEnd(StreamEnd.Reason.STOPPED, "The publisher was cut off.");
        } else {
            end = new StreamEnd(why, "The connection of the publisher ended.");
        }
        publisher.end(end);
    }

    private boolean answer(Request request) throws InterruptedException {
        if (!asked) {
            asked = true;
            threads.execute(this::write);
        }
        RequestTarget target = RequestTarget.parse(request.uri());
        faults = play.faultsOf(target);
        Response instead = faults.instead(request);
        if (instead != null) {
            return writer.send(sequenced(request, instead));
        }
        if (request.cseq().isEmpty()) {
            return writer.send(Response.of(400, "Bad Request"));
        }
        Response right = handle(request, target);
        if (right == null) {
            return true; // PLAY answers by itself, before the first media
        }
        boolean open = writer.send(sequenced(request, faults.answer(request, right)));
        return open && !rights.isExhausted();
    }

    private void write() {
        try {
            writer.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private @Nullable Response handle(Request request, RequestTarget target)
            throws InterruptedException {
        if (hasForeignSession(request)) {
            return Response.of(454, "Session Not Found");
        }
        RecordSession publisher = recording;
        return switch (request.method()) {
            case "OPTIONS" -> ok().with("Public", methods());
            case "DESCRIBE" -> publisher == null ? play.describe(request, target) : wrongState();
            case "SETUP" ->
                    publisher == null ? play.setup(request, target) : publisher.setup(request);
            case "PLAY" -> publisher == null ? play.play(request) : wrongState();
            case "PAUSE" -> publisher == null ? play.pause() : wrongState();
            case "GET_PARAMETER", "SET_PARAMETER" -> withSession(ok());
            case "TEARDOWN" -> {
                play.tearDown();
                endRecording(StreamEnd.Reason.CLOSED_BY_CAMERA);
                sessionId = null;
                yield ok();
            }
            case "ANNOUNCE" -> announce(request, target);
            case "RECORD" -> publisher == null ? noRecord() : publisher.record();
            default -> Response.of(501, "Not Implemented").with("Public", methods());
        };
    }

    private String methods() {
        return server.publishPoints() == null ? METHODS : METHODS_WITH_RECORD;
    }

    private Response noRecord() {
        return server.publishPoints() == null
                ? Response.of(405, "Method Not Allowed").with("Allow", METHODS)
                : wrongState();
    }

    private boolean hasForeignSession(Request request) {
        return request.headers()
                .first("Session")
                .flatMap(SessionHeader::parse)
                .filter(session -> !session.id().equals(sessionId))
                .isPresent();
    }

    /// Rights first, then the media: who has no key learns nothing.
    private Response announce(Request request, RequestTarget target) {
        PublishPoints points = server.publishPoints();
        if (points == null || recording != null || play.isSetUp()) {
            return noRecord();
        }
        SessionDescription description = SessionDescription.parse(request.bodyText());
        List<TrackChoice> choices = TrackChoice.choose(description);
        var wanted =
                new PublishPoints.Request(
                        PublishPoints.Protocol.RTSP,
                        target.path(),
                        PublishProof.of(request, target, rights.nonce()),
                        peer);
        return switch (points.open(wanted)) {
            case PublishPoints.Answer.Refused(var reason, var detail) ->
                    refused(request, target, reason, detail);
            case PublishPoints.Answer.Open(var publication) -> {
                pending.settle();
                if (choices.isEmpty()) {
                    String what =
                            "none of what is announced can be carried: "
                                    + TrackChoice.offered(description);
                    publication.close(
                            new StreamEnd(StreamEnd.Reason.UNSUPPORTED_CODEC, what + "."));
                    yield Response.of(415, "Unsupported Media Type")
                            .with("Warning", "199 pantau " + what);
                }
                recording =
                        new RecordSession(
                                this,
                                channel,
                                writer,
                                server.settings().udp(),
                                description,
                                choices,
                                publication);
                yield ok();
            }
        };
    }

    private Response refused(
            Request request, RequestTarget target, PublishPoints.Reason reason, String detail) {
        rights.countRefusal();
        return switch (reason) {
            case UNAUTHORIZED -> {
                boolean stale = PublishProof.isStale(request, target, rights.nonce());
                Response answer = Response.of(401, "Unauthorized");
                for (RtspChallenge one : PublishProof.challenges(rights.nonce(), stale)) {
                    answer = answer.with("WWW-Authenticate", one.write());
                }
                yield answer;
            }
            case BUSY, DISABLED ->
                    Response.of(403, "Forbidden").with("Warning", "199 pantau " + detail);
        };
    }

    static Response ok() {
        return Response.of(200, "OK");
    }

    static Response wrongState() {
        return Response.of(455, "Method Not Valid in This State");
    }

    Response withNewSession(Response response) {
        if (sessionId == null) {
            sessionId = server.newSessionId();
        }
        return withSession(response);
    }

    Response withSession(Response response) {
        String id = sessionId;
        return id == null
                ? response
                : response.with(
                        "Session",
                        new SessionHeader(id, server.settings().sessionTimeout()).write());
    }

    static Response sequenced(Request request, Response response) {
        var headers = response.headers();
        String cseq = Integer.toString(request.cseq().orElse(0));
        var first = new ArrayList<>(List.of(new RtspHeaders.Header("CSeq", cseq)));
        first.add(new RtspHeaders.Header("Server", "Pantau"));
        first.addAll(headers.lines());
        return new Response(
                response.status(), response.reason(), new RtspHeaders(first), response.body());
    }
}
