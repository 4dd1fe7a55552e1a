package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.Bytes;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.SessionDescription;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One RTSP session that pushes a stream to another server, by ANNOUNCE and RECORD inside the
/// connection (RFC 2326 §10.3, §10.11). It retries nothing: the next try is a new object. Blocks
/// the thread that runs it, which may be virtual; an interrupt closes the connection.
public final class RtspPushAttempt {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final RtspTarget target;
    private final RtspTimeouts timeouts;
    private final Map<MediaKind, RtpSender> senders = new EnumMap<>(MediaKind.class);
    private final Map<MediaKind, Long> reportedNanos = new EnumMap<>(MediaKind.class);
    private volatile long sentBytes;
    private volatile boolean over; // the other side closed the connection

    /// @param target pushed to inside the connection, whatever transport it names
    public RtspPushAttempt(RtspTarget target, RtspTimeouts timeouts) {
        this.target = target;
        this.timeouts = timeouts;
    }

    /// Of packets, so far.
    public long sentBytes() {
        return sentBytes;
    }

    /// Pushes from the newest key frame on until the stream or the connection ends. A receiver that
    /// is slow loses whole GOPs.
    ///
    /// @param publishing runs when the other side takes the stream
    /// @return why it ended; failures are outcomes here, not exceptions
    public StreamEnd run(StreamHub hub, Runnable publishing) throws InterruptedException {
        URI url = target.url();
        Optional<String> refusal = RtspUrl.refusal(url);
        if (refusal.isPresent()) {
            return new StreamEnd(
                    Reason.URL_REFUSED,
                    "%s is refused: %s.".formatted(RtspUrl.redact(url.toString()), refusal.get()));
        }
        try (HubReader reader =
                hub.subscribe(
                        "rtsp-push", HubReader.Limits.VIEWER, StreamHub.Start.NEWEST_KEY_FRAME)) {
            StreamFormat format = firstFormat(reader);
            try (var connection = RtspConnection.open(url, timeouts.connect())) {
                push(connection, format, reader, publishing);
            }
        } catch (AttemptOverException e) {
            return e.end();
        }
        throw new AssertionError("a push ends by throwing why");
    }

    private StreamFormat firstFormat(HubReader reader)
            throws AttemptOverException, InterruptedException {
        while (true) {
            switch (reader.poll(timeouts.stall())) {
                case StreamSignal.FormatChanged(StreamFormat format) -> {
                    return format;
                }
                case null -> throw nothingToPush();
                case StreamSignal.Unit _, StreamSignal.Gap _, StreamSignal.Ended _ -> {}
            }
        }
    }

    private void push(
            RtspConnection connection, StreamFormat format, HubReader reader, Runnable publishing)
            throws AttemptOverException, InterruptedException {
        var input = new RtspInput();
        var dialogue = new RtspDialogue(connection, input, timeouts, login());
        String url = target.url().toString();
        announce(connection, dialogue, url, format);
        publishing.run();
        Thread listening =
                Thread.ofVirtual().name("rtsp-push").start(() -> listen(connection, input));
        try {
            while (true) {
                send(connection, format, reader.poll(timeouts.stall()));
            }
        } catch (AttemptOverException e) {
            sayGoodbye(connection, dialogue, url);
            throw e;
        } finally {
            connection.close();
            listening.join();
        }
    }

    private void announce(
            RtspConnection connection, RtspDialogue dialogue, String url, StreamFormat format)
            throws AttemptOverException, InterruptedException {
        dialogue.ask(Request.of("OPTIONS", url));
        Bytes body =
                Bytes.of(
                        MountDescription.write(format, format.hashCode())
                                .getBytes(StandardCharsets.UTF_8));
        Request announce =
                new Request("ANNOUNCE", url, RtspHeaders.EMPTY, body)
                        .with("Content-Type", SessionDescription.CONTENT_TYPE);
        require(connection, dialogue.ask(announce), "ANNOUNCE");
        List<MediaFormat> tracks = MountRun.tracks(format);
        var random = RandomGenerator.getDefault();
        for (int i = 0; i < tracks.size(); i++) {
            String transport = RtspTransport.interleaved(2 * i).write() + ";mode=record";
            Request setup =
                    Request.of("SETUP", RtspUrl.control(url, "track" + i))
                            .with("Transport", transport);
            require(connection, dialogue.ask(setup), "SETUP");
            MediaFormat track = tracks.get(i);
            senders.put(track.codec().kind(), new RtpSender(i, track, random));
        }
        Request begin = Request.of("RECORD", url).with("Range", "npt=now-");
        require(connection, dialogue.ask(begin), "RECORD");
    }

    private @Nullable RtspAuthentication login() {
        String username = target.username();
        String password = target.password();
        return username == null || username.isEmpty()
                ? null
                : new RtspAuthentication(username, password == null ? "" : password);
    }

    /// Takes what the other side says, which is nothing of use but its end.
    private void listen(RtspConnection connection, RtspInput input) {
        try {
            while (connection.fill(input, 0) >= 0) {
                for (var found = input.next();
                        found != RtspInput.Found.NOTHING;
                        found = input.next()) {
                    if (found == RtspInput.Found.MESSAGE
                            && input.message() instanceof Request request
                            && request.method().equals("TEARDOWN")) {
                        return;
                    }
                }
            }
        } catch (AttemptOverException | MalformedRtspException | InterruptedException _) {
            // over in any case
        } finally {
            over = true;
            connection.close();
        }
    }

    private void send(
            RtspConnection connection, StreamFormat announced, @Nullable StreamSignal signal)
            throws AttemptOverException, InterruptedException {
        if (over) {
            throw new AttemptOverException(
                    Reason.CONNECTION_LOST, connection.where() + " ended the session.");
        }
        switch (signal) {
            case null -> throw nothingToPush();
            case StreamSignal.Unit(AccessUnit unit) -> send(connection, unit);
            case StreamSignal.Gap _ -> {}
            case StreamSignal.FormatChanged(StreamFormat next) -> change(announced, next);
            case StreamSignal.Ended(StreamEnd end) ->
                    throw new AttemptOverException(
                            end.reason(), "The stream ended at its source: " + end.detail());
        }
    }

    /// Other parameter sets go on in band; other media need another ANNOUNCE.
    private void change(StreamFormat announced, StreamFormat next) throws AttemptOverException {
        if (!MountRun.sameDescription(announced, next)) {
            throw new AttemptOverException(
                    Reason.STOPPED, "The stream's media changed and must be announced again.");
        }
        for (MediaFormat track : MountRun.tracks(next)) {
            RtpSender sender = senders.get(track.codec().kind());
            if (sender != null) {
                sender.change(track);
            }
        }
    }

    private void send(RtspConnection connection, AccessUnit unit)
            throws AttemptOverException, InterruptedException {
        RtpSender sender = senders.get(unit.kind());
        if (sender == null) {
            return;
        }
        ByteBuffer frames;
        try {
            frames = sender.packets(unit).frames();
        } catch (IllegalArgumentException _) {
            return; // an access unit that nobody could decode
        }
        sentBytes += frames.remaining();
        connection.send(copied(frames), timeouts.answer());
        Long reported = reportedNanos.get(unit.kind());
        long now = System.nanoTime();
        if (reported == null || now - reported > REPORT_EVERY.toNanos()) {
            reportedNanos.put(unit.kind(), now);
            ByteBuffer report = sender.senderReport(unit.pts(), unit.wallTime()).frames();
            connection.send(copied(report), timeouts.answer());
        }
    }

    private static ByteBuffer copied(ByteBuffer frames) {
        return ByteBuffer.allocate(frames.remaining()).put(frames.duplicate()).flip();
    }

    private void sayGoodbye(RtspConnection connection, RtspDialogue dialogue, String url)
            throws InterruptedException {
        if (over) {
            return;
        }
        try {
            dialogue.sendThrough(bytes -> connection.send(bytes, timeouts.answer()));
            int unused = dialogue.send(Request.of("TEARDOWN", url));
        } catch (AttemptOverException _) {
            // it has ended anyway
        }
    }

    private static AttemptOverException nothingToPush() {
        return new AttemptOverException(Reason.STALLED, "The stream to push has no media.");
    }

    private static void require(RtspConnection connection, Response response, String method)
            throws AttemptOverException {
        if (response.isSuccess()) {
            return;
        }
        Reason reason =
                switch (response.status()) {
                    case 401, 403 -> Reason.UNAUTHORIZED;
                    case 404, 410 -> Reason.NOT_FOUND;
                    case 415 -> Reason.UNSUPPORTED_CODEC;
                    default -> Reason.PROTOCOL_ERROR;
                };
        throw new AttemptOverException(
                reason,
                "%s answers %s with %d %s."
                        .formatted(
                                connection.where(),
                                method,
                                response.status(),
                                response.reason().replaceAll("[^ -~]", "")));
    }
}
