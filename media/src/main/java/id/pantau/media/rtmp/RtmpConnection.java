package id.pantau.media.rtmp;

import id.pantau.media.StreamEnd;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvStreams;
import id.pantau.media.flv.StreamTag;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.net.PendingConnections.Pending;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One peer of an [RtmpServer]: handshake, commands, and then one stream in or out. State is the
/// reading thread's, but for what is volatile.
final class RtmpConnection implements FlvStreams.Listener {
    private static final System.Logger LOG = System.getLogger(RtmpConnection.class.getName());

    /// A peer that has taken nothing for so long has hung itself up.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(20);

    private static final int WINDOW_BYTES = 2_500_000;
    private static final int SMALLEST_WINDOW_BYTES = 64 << 10;

    /// Streams a peer may create; who needs more opens another connection.
    private static final int MAX_STREAMS = 16;

    private static final int STREAM_BEGIN = 0;
    private static final int STREAM_EOF = 1;
    private static final int PING_REQUEST = 6;
    private static final int PING_RESPONSE = 7;

    private enum Phase {
        HANDSHAKE,
        COMMANDS,
        PUBLISHING,
        PLAYING
    }

    private final RtmpServer server;
    private final RtmpWire wire;
    private final InetSocketAddress peer;
    private final boolean encrypted;
    private final Pending pending;
    private final RtmpInput input;
    private final ChunkReader chunks;
    private final RtmpOutput output;
    private volatile Phase phase = Phase.HANDSHAKE;
    private volatile long phaseSinceNanos = System.nanoTime();
    private volatile long lastMessageNanos = System.nanoTime();
    private volatile @Nullable Publishing publishing;
    private volatile StreamEnd.@Nullable Reason cutFor;
    private FlvStreams.@Nullable Place place;
    private int playStream;
    private int writeChunkBytes = ChunkWriter.FIRST_CHUNK_BYTES;
    private int windowBytes = WINDOW_BYTES;
    private long acknowledged;
    private int createdStreams;
    private @Nullable Command connect;
    private volatile long malformedBefore; // of streams that were published earlier

    /// @param pending until the peer is allowed something
    RtmpConnection(
            RtmpServer server,
            RtmpWire wire,
            InetSocketAddress peer,
            boolean encrypted,
            Pending pending) {
        this.server = server;
        this.wire = wire;
        this.peer = peer;
        this.encrypted = encrypted;
        this.pending = pending;
        this.input = new RtmpInput(wire);
        this.chunks = new ChunkReader(input, ChunkReader.Limits.COMMANDS);
        this.output = new RtmpOutput(wire, server.settings().queueBytes(), server.threads());
    }

    InetSocketAddress peer() {
        return peer;
    }

    long dropped() {
        return output.tags().dropped();
    }

    long sentBytes() {
        return output.written();
    }

    long malformed() {
        Publishing current = publishing;
        return malformedBefore + (current == null ? 0 : current.malformed());
    }

    boolean isPublishing() {
        return phase == Phase.PUBLISHING;
    }

    boolean isPlaying() {
        return phase == Phase.PLAYING;
    }

    void close() {
        wire.close();
    }

    void closeIfLifeless() {
        long now = System.nanoTime();
        if (output.stuckNanos() > STUCK_AFTER.toNanos()) {
            cut(StreamEnd.Reason.CONNECTION_LOST, "it takes nothing any more");
            return;
        }
        RtmpServerSettings settings = server.settings();
        switch (phase) {
            case HANDSHAKE, COMMANDS -> {
                if (now - phaseSinceNanos > settings.beginWithin().toNanos()) {
                    cut(StreamEnd.Reason.PROTOCOL_ERROR, "it does not begin");
                }
            }
            case PUBLISHING -> {
                Publishing current = publishing;
                if (current != null && !current.isOpen()) {
                    cut(StreamEnd.Reason.STOPPED, "the stream was taken back");
                } else if (now - lastMessageNanos > settings.silence().toNanos()) {
                    cut(StreamEnd.Reason.STALLED, "it sends nothing any more");
                }
            }
            case PLAYING -> {} // taking media is sign enough of life
        }
    }

    private void cut(StreamEnd.Reason reason, String why) {
        if (cutFor == null) {
            cutFor = reason;
            tellCut(why);
        }
        close();
    }

    /// Who has not signed in fills no log.
    private void tellCut(String why) {
        if (pending.isPending()) {
            pending.failed(why);
        } else {
            LOG.log(System.Logger.Level.INFO, "RTMP connection of {0} is cut: {1}", peer, why);
        }
    }

    // -- reading -------------------------------------------------------------------------------

    void run() {
        StreamEnd end = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "The publisher went away.");
        try {
            shakeHands();
            while (handle(chunks.next())) {
                lastMessageNanos = System.nanoTime();
                acknowledge();
            }
            linger();
            end = new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "The connection was ended.");
        } catch (MalformedRtmpException e) {
            tellCut("it sends " + e.getMessage());
            end = new StreamEnd(StreamEnd.Reason.PROTOCOL_ERROR, "The peer sent " + e.getMessage());
        } catch (IOException _) {
            // the peer is gone, or was cut off
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "an RTMP connection failed", broken);
            end = new StreamEnd(StreamEnd.Reason.PROTOCOL_ERROR, "internal error: " + broken);
        } finally {
            finish(end);
        }
    }

    /// The last answer must arrive: closing with unread bytes would take it back (RFC 1122
    /// §4.2.2.13). Ends when the peer closes, or is cut off.
    private void linger() throws IOException {
        enter(Phase.COMMANDS);
        try {
            for (int i = 0; i < 100 && !output.isIdle(); i++) {
                Thread.sleep(10);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        wire.endOutput();
        var rest = ByteBuffer.allocate(RtmpHandshake.PART_BYTES);
        while (wire.read(rest.clear()) >= 0) {}
    }

    private void finish(StreamEnd end) {
        StreamEnd.Reason cut = server.isClosed() ? StreamEnd.Reason.STOPPED : cutFor;
        stopPublishing(cut == null ? end : new StreamEnd(cut, "The publisher was cut off."));
        stopPlaying();
        close();
        pending.settle();
        server.gone(this);
    }

    private void shakeHands() throws IOException, MalformedRtmpException {
        RtmpHandshake.readVersion(input);
        ByteBuffer c1 = RtmpHandshake.readPart(input);
        send(RtmpHandshake.opening(server.random()));
        send(c1); // S2 repeats it
        ByteBuffer unused = RtmpHandshake.readPart(input); // C2: nothing depends on it
        enter(Phase.COMMANDS);
    }

    private void enter(Phase next) {
        phaseSinceNanos = System.nanoTime();
        phase = next;
    }

    private void acknowledge() throws MalformedRtmpException {
        if (input.received() - acknowledged >= windowBytes) {
            acknowledged = input.received();
            send(RtmpMessage.control(MessageType.ACKNOWLEDGEMENT, (int) acknowledged));
        }
    }

    /// @return false when the connection is to be closed
    private boolean handle(RtmpMessage message) throws IOException, MalformedRtmpException {
        switch (message.type()) {
            case MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE ->
                    windowBytes = Math.max(SMALLEST_WINDOW_BYTES, firstInt(message));
            case MessageType.SET_PEER_BANDWIDTH ->
                    send(
                            RtmpMessage.control(
                                    MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE, WINDOW_BYTES));
            case MessageType.USER_CONTROL -> userControl(message.body());
            case MessageType.COMMAND_AMF0, MessageType.COMMAND_AMF3 -> {
                return command(message, Command.read(message));
            }
            default -> {
                Publishing current = publishing;
                if (current != null) {
                    current.media(message);
                    return isCarried(current);
                }
            }
        }
        return true;
    }

    private static int firstInt(RtmpMessage message) throws MalformedRtmpException {
        if (message.body().remaining() < 4) {
            throw new MalformedRtmpException("a control message cut short");
        }
        return message.body().getInt(message.body().position());
    }

    private void userControl(ByteBuffer body) throws MalformedRtmpException {
        if (body.remaining() >= 6 && body.getShort(body.position()) == PING_REQUEST) {
            send(RtmpMessage.userControl(PING_RESPONSE, body.getInt(body.position() + 2)));
        }
    }

    private boolean isCarried(Publishing current) throws MalformedRtmpException {
        String foreign = current.foreignVideo().orElse(null);
        if (foreign == null) {
            return true;
        }
        String why = "Video of codec %s is not supported.".formatted(foreign);
        refuse(current.stream(), "NetStream.Publish.Failed", why);
        stopPublishing(new StreamEnd(StreamEnd.Reason.UNSUPPORTED_CODEC, why));
        return false;
    }

    // -- commands ------------------------------------------------------------------------------

    private boolean command(RtmpMessage message, Command command)
            throws IOException, MalformedRtmpException {
        switch (command.name()) {
            case "connect" -> {
                return connect(command);
            }
            case "createStream" -> createStream(command);
            case "publish" -> {
                return publish(message.stream(), command);
            }
            case "play", "play2" -> {
                return play(message.stream(), command);
            }
            case "pause", "pauseRaw" -> pause(message.stream(), command);
            case "deleteStream", "closeStream", "FCUnpublish" -> {
                stopPublishing(
                        new StreamEnd(
                                StreamEnd.Reason.CLOSED_BY_CAMERA,
                                "The publisher ended the stream."));
                stopPlaying();
            }
            case "getStreamLength" -> result(command, AmfValue.NULL, new AmfValue.Number(0));
            case "releaseStream", "FCPublish", "FCSubscribe", "_checkbw", "checkBandwidth" ->
                    result(command, AmfValue.NULL, new AmfValue.Nothing(true));
            case "seek", "receiveAudio", "receiveVideo", "_result", "_error", "onStatus" -> {}
            default -> unknown(command);
        }
        return true;
    }

    private void unknown(Command command) throws MalformedRtmpException {
        if (command.transaction() > 0) {
            send(error(command, "NetConnection.Call.Failed", "There is no such procedure."));
        }
    }

    private boolean connect(Command command) throws MalformedRtmpException {
        var requested = RequestedStream.of(app(command), "", "");
        send(RtmpMessage.control(MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE, WINDOW_BYTES));
        send(RtmpMessage.peerBandwidth(WINDOW_BYTES));
        send(RtmpMessage.control(MessageType.SET_CHUNK_SIZE, ChunkWriter.CHUNK_BYTES));
        writeChunkBytes = ChunkWriter.CHUNK_BYTES;
        if (!requested.application().equals(server.settings().application())) {
            server.refused();
            log("connection", requested, "there is no such application");
            send(error(command, "NetConnection.Connect.InvalidApp", "No such application."));
            return false;
        }
        connect = command;
        result(
                command,
                AmfValue.object("fmsVer", "FMS/3,0,1,123", "capabilities", 31),
                AmfValue.object(
                        "level",
                        "status",
                        "code",
                        "NetConnection.Connect.Success",
                        "description",
                        "Connection succeeded.",
                        "objectEncoding",
                        0,
                        "fourCcList",
                        new AmfValue.Items(
                                java.util.stream.Stream.of("avc1", "hvc1", "mp4a", "Opus")
                                        .map(AmfValue::of)
                                        .toList())));
        return true;
    }

    private static String app(Command connect) {
        return connect.object().field("app").flatMap(AmfValue::text).orElse("");
    }

    private void createStream(Command command) throws MalformedRtmpException {
        if (createdStreams >= MAX_STREAMS) {
            send(error(command, "NetConnection.Call.Failed", "Too many streams."));
            return;
        }
        createdStreams++;
        result(command, AmfValue.NULL, new AmfValue.Number(createdStreams));
    }

    private boolean publish(int stream, Command command) throws MalformedRtmpException {
        RequestedStream requested = requested(command);
        if (requested == null || phase != Phase.COMMANDS) {
            throw new MalformedRtmpException("publish out of order");
        }
        String key = requested.query().getOrDefault("key", "");
        var request =
                new PublishPoints.Request(
                        PublishPoints.Protocol.RTMP,
                        key.isEmpty() ? "" : requested.path(),
                        key.isEmpty() ? requested.path() : key,
                        peer);
        switch (server.publishPoints().open(request)) {
            case PublishPoints.Answer.Open(Publication publication) -> {
                pending.settle();
                publishing = new Publishing(stream, publication);
                lastMessageNanos = System.nanoTime();
                input.widen();
                chunks.allow(ChunkReader.Limits.media(server.settings().messageBytes()));
                enter(Phase.PUBLISHING);
                send(RtmpMessage.userControl(STREAM_BEGIN, stream));
                status(stream, "status", "NetStream.Publish.Start", "Publishing.");
                return true;
            }
            case PublishPoints.Answer.Refused(PublishPoints.Reason reason, String detail) -> {
                String code =
                        switch (reason) {
                            case UNAUTHORIZED -> "NetStream.Publish.Denied";
                            case BUSY -> "NetStream.Publish.BadName";
                            case DISABLED -> "NetStream.Publish.Rejected";
                        };
                LOG.log(System.Logger.Level.INFO, "{0} is refused: {1}", request, detail);
                server.refused();
                status(stream, "error", code, detail);
                return false;
            }
        }
    }

    private boolean play(int stream, Command command) throws IOException, MalformedRtmpException {
        RequestedStream requested = requested(command);
        if (requested == null || phase == Phase.PUBLISHING) {
            throw new MalformedRtmpException("play out of order");
        }
        stopPlaying();
        var asked =
                new RtmpAccess.Asked(
                        requested.path(),
                        requested.query(),
                        requested.login().or(this::connectLogin),
                        encrypted,
                        peer);
        switch (server.access().check(asked)) {
            case ALLOWED -> pending.settle();
            case UNAUTHORIZED -> {
                log("play", requested, "not allowed");
                refuse(stream, "NetStream.Play.Failed", "Not allowed.");
                return false;
            }
            case HIDDEN -> {
                log("play", requested, "hidden");
                refuse(stream, "NetStream.Play.StreamNotFound", "No such stream.");
                return false;
            }
        }
        RtmpCatalog.Stream found = server.catalog().find(requested.path()).orElse(null);
        if (found == null || !join(stream, found)) {
            log("play", requested, found == null ? "no such stream" : "it carries nothing");
            refuse(stream, "NetStream.Play.StreamNotFound", "No such stream.");
            return false;
        }
        return true;
    }

    /// What is said about the start must be on its way before the first media.
    private boolean join(int stream, RtmpCatalog.Stream found)
            throws IOException, MalformedRtmpException {
        if (found.source().format().isEmpty()) {
            return false;
        }
        playStream = stream;
        output.playOn(stream);
        output.tags().restart();
        wire.stopWaiting();
        send(RtmpMessage.userControl(STREAM_BEGIN, stream));
        status(stream, "status", "NetStream.Play.Reset", "Resetting.");
        status(stream, "status", "NetStream.Play.Start", "Started.");
        enter(Phase.PLAYING);
        place = server.streams().join(found.name(), found.source(), this).orElse(null);
        return place != null;
    }

    private @Nullable RequestedStream requested(Command command) throws MalformedRtmpException {
        Command connected = connect;
        String name = command.text(0).orElse(null);
        if (connected == null || name == null) {
            return null;
        }
        String tcUrl = connected.object().field("tcUrl").flatMap(AmfValue::text).orElse("");
        return RequestedStream.of(app(connected), tcUrl, name);
    }

    /// Beside the query: fields of the command object, or two arguments behind it.
    private Optional<RtmpAccess.Login> connectLogin() {
        Command connected = connect;
        if (connected == null) {
            return Optional.empty();
        }
        AmfValue object = connected.object();
        Optional<String> username =
                object.field("username")
                        .or(() -> object.field("user"))
                        .flatMap(AmfValue::text)
                        .or(() -> connected.text(0));
        Optional<String> password =
                object.field("password")
                        .or(() -> object.field("pass"))
                        .flatMap(AmfValue::text)
                        .or(() -> connected.text(1));
        return username.flatMap(name -> password.map(word -> new RtmpAccess.Login(name, word)));
    }

    private void pause(int stream, Command command) throws MalformedRtmpException {
        boolean on =
                !command.arguments().isEmpty()
                        && command.arguments().getFirst().equals(new AmfValue.Flag(true));
        output.tags().pause(on);
        String code = on ? "NetStream.Pause.Notify" : "NetStream.Unpause.Notify";
        status(stream, "status", code, on ? "Paused." : "Going on.");
    }

    private void stopPublishing(StreamEnd end) {
        Publishing current = publishing;
        if (current != null) {
            current.end(end);
            malformedBefore += current.malformed();
            publishing = null;
            enter(Phase.COMMANDS);
        }
    }

    private void stopPlaying() {
        FlvStreams.Place current = place;
        if (current != null) {
            current.leave();
            place = null;
            enter(Phase.COMMANDS);
        }
    }

    // -- FlvStreams.Listener -------------------------------------------------------------------

    @Override
    public void offer(Iterable<StreamTag> tags) {
        output.tags().offer(tags);
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public void ended(String why) {
        int stream = playStream;
        boolean unused =
                output.answer(write(RtmpMessage.userControl(STREAM_EOF, stream)))
                        && output.answer(
                                write(
                                        Command.status("status", "NetStream.Play.Stop", why)
                                                .message(stream)));
        output.finish();
    }

    // -- answering -----------------------------------------------------------------------------

    private void result(Command command, AmfValue object, AmfValue argument)
            throws MalformedRtmpException {
        send(Command.of("_result", command.transaction(), object, argument).message(0));
    }

    private static RtmpMessage error(Command command, String code, String description) {
        return Command.of(
                        "_error",
                        command.transaction(),
                        AmfValue.NULL,
                        AmfValue.object("level", "error", "code", code, "description", description))
                .message(0);
    }

    private void refuse(int stream, String code, String why) throws MalformedRtmpException {
        server.refused();
        status(stream, "error", code, why);
    }

    private void status(int stream, String level, String code, String description)
            throws MalformedRtmpException {
        send(Command.status(level, code, description).message(stream));
    }

    private void log(String what, RequestedStream requested, String why) {
        LOG.log(
                System.Logger.Level.INFO,
                "RTMP {0} of ''{1}'' from {2} is refused: {3}",
                what,
                requested.toString().replaceAll("\\p{Cntrl}", "?"),
                peer,
                why);
    }

    private void send(RtmpMessage message) throws MalformedRtmpException {
        send(write(message));
    }

    private void send(ByteBuffer bytes) throws MalformedRtmpException {
        if (!output.answer(bytes)) {
            throw new MalformedRtmpException("more requests than it takes answers to");
        }
    }

    private ByteBuffer write(RtmpMessage message) {
        return ChunkWriter.write(message, writeChunkBytes);
    }
}
