package id.pantau.media.rtmp;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.flv.AmfValue;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The dialogue of one push: the commands up to `publish`, then answers to what the other side
/// sends while media goes out.
final class PushSession {
    private static final int STREAM_TRANSACTION = 4;
    private static final int WINDOW_BYTES = 2_500_000;
    private static final int PING_REQUEST = 6;
    private static final int PING_RESPONSE = 7;

    /// How often whoever reads looks whether whoever writes is stuck.
    private static final int LOOK_EVERY_MILLIS = 1000;

    private final RtmpPushTarget target;
    private final Socket socket;
    private final Socket raw;
    private final RtmpPush.Timeouts timeouts;
    private final RtmpInput input;
    private final ChunkReader chunks;
    private final ReentrantLock writing = new ReentrantLock();
    private int writeChunkBytes = ChunkWriter.FIRST_CHUNK_BYTES;
    private int stream = ChunkWriter.STREAM;
    private volatile long writingSinceNanos;
    private volatile boolean streaming;
    private volatile @Nullable StreamEnd end;
    private long acknowledged;
    private int windowBytes = WINDOW_BYTES;

    /// @param socket to read and write
    /// @param raw below it; closing it cuts whoever waits
    PushSession(RtmpPushTarget target, Socket socket, Socket raw, RtmpPush.Timeouts timeouts) {
        this.target = target;
        this.socket = socket;
        this.raw = raw;
        this.timeouts = timeouts;
        this.input = new RtmpInput(this::read);
        this.chunks = new ChunkReader(input, ChunkReader.Limits.COMMANDS);
    }

    int stream() {
        return stream;
    }

    /// Why it ended, where the other side said so.
    Optional<StreamEnd> end() {
        return Optional.ofNullable(end);
    }

    /// Blocks until the other side takes the stream.
    void publish() throws IOException, MalformedRtmpException, PushRefusedException {
        write(List.of(RtmpHandshake.opening(new SecureRandom())));
        RtmpHandshake.readVersion(input);
        ByteBuffer s1 = RtmpHandshake.readPart(input);
        write(List.of(s1)); // C2 repeats it
        ByteBuffer unused = RtmpHandshake.readPart(input);
        send(RtmpMessage.control(MessageType.SET_CHUNK_SIZE, ChunkWriter.CHUNK_BYTES));
        writeChunkBytes = ChunkWriter.CHUNK_BYTES;
        send(command("connect", 1, connectObject()));
        awaitResult(1);
        AmfValue name = AmfValue.of(target.name());
        send(command("releaseStream", 2, AmfValue.NULL, name));
        send(command("FCPublish", 3, AmfValue.NULL, name));
        send(command("createStream", STREAM_TRANSACTION, AmfValue.NULL));
        stream =
                awaitResult(STREAM_TRANSACTION).arguments().stream()
                        .flatMap(value -> value.number().stream())
                        .findFirst()
                        .map(Double::intValue)
                        .orElse(ChunkWriter.STREAM);
        send(Command.of("publish", 5, AmfValue.NULL, name, AmfValue.of("live")).message(stream));
        awaitStart();
    }

    private AmfValue connectObject() {
        return AmfValue.object(
                "app",
                target.application(),
                "type",
                "nonprivate",
                "flashVer",
                "FMLE/3.0 (compatible; Pantau)",
                "tcUrl",
                target.tcUrl(),
                "fourCcList",
                new AmfValue.Items(
                        Stream.of("avc1", "hvc1", "mp4a", "Opus").map(AmfValue::of).toList()));
    }

    private static RtmpMessage command(
            String name, double transaction, AmfValue object, AmfValue... arguments) {
        return Command.of(name, transaction, object, arguments).message(0);
    }

    private Command awaitResult(int transaction)
            throws IOException, MalformedRtmpException, PushRefusedException {
        while (true) {
            Command command = nextCommand();
            if (command != null && command.transaction() == transaction) {
                if (command.name().equals("_error")) {
                    throw new PushRefusedException(refusal(command));
                }
                return command;
            }
        }
    }

    private void awaitStart() throws IOException, MalformedRtmpException, PushRefusedException {
        while (true) {
            Command command = nextCommand();
            if (command != null && code(command).equals("NetStream.Publish.Start")) {
                return;
            }
        }
    }

    /// @return null for a message that is no command
    /// @throws PushRefusedException for an error that was not asked for
    private @Nullable Command nextCommand()
            throws IOException, MalformedRtmpException, PushRefusedException {
        RtmpMessage message = chunks.next();
        if (message.type() != MessageType.COMMAND_AMF0
                && message.type() != MessageType.COMMAND_AMF3) {
            control(message);
            return null;
        }
        Command command = Command.read(message);
        if (command.name().equals("onStatus") && field(command, "level").equals("error")) {
            throw new PushRefusedException(refusal(command));
        }
        return command;
    }

    private void control(RtmpMessage message) throws IOException {
        ByteBuffer body = message.body().duplicate();
        if (message.type() == MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE && body.remaining() >= 4) {
            windowBytes = Math.max(WINDOW_BYTES / 10, body.getInt());
        } else if (message.type() == MessageType.USER_CONTROL && body.remaining() >= 6) {
            if (body.getShort() == PING_REQUEST) {
                send(RtmpMessage.userControl(PING_RESPONSE, body.getInt()));
            }
        }
        if (input.received() - acknowledged >= windowBytes) {
            acknowledged = input.received();
            send(RtmpMessage.control(MessageType.ACKNOWLEDGEMENT, (int) acknowledged));
        }
    }

    private StreamEnd refusal(Command command) {
        String code = code(command);
        String said = "%s refuses: %s %s".formatted(target, code, field(command, "description"));
        String all = said.toLowerCase(java.util.Locale.ROOT);
        Reason reason =
                all.contains("auth") || all.contains("denied") || all.contains("rejected")
                        ? Reason.UNAUTHORIZED
                        : all.contains("invalidapp") || all.contains("notfound")
                                ? Reason.NOT_FOUND
                                : Reason.PROTOCOL_ERROR;
        // It may repeat the name, which is often a key.
        return new StreamEnd(reason, said.replace(target.name(), "***").strip());
    }

    private static String code(Command command) {
        return field(command, "code");
    }

    private static String field(Command command, String name) {
        return command.arguments().stream()
                .flatMap(value -> value.field(name).flatMap(AmfValue::text).stream())
                .findFirst()
                .orElse("");
    }

    /// Reads on a thread of its own until the connection ends.
    void answerMeanwhile(Runnable whenEnded) throws IOException {
        streaming = true;
        raw.setSoTimeout(LOOK_EVERY_MILLIS);
        var unused =
                Thread.ofVirtual()
                        .name("rtmp-push-answers")
                        .start(() -> {
                            answerAll();
                            whenEnded.run();
                        });
    }

    private void answerAll() {
        try {
            while (true) {
                Command command = nextCommand();
                if (command != null && code(command).equals("NetStream.Unpublish.Success")) {
                    end = new StreamEnd(Reason.CLOSED_BY_CAMERA, target + " ended the stream.");
                    close();
                }
            }
        } catch (PushRefusedException e) {
            end = end == null ? e.end() : end;
        } catch (MalformedRtmpException e) {
            String detail = "%s sent %s.".formatted(target, e.getMessage());
            end = end == null ? new StreamEnd(Reason.PROTOCOL_ERROR, detail) : end;
        } catch (IOException _) {
            String detail = "The connection with %s broke.".formatted(target);
            end = end == null ? new StreamEnd(Reason.CONNECTION_LOST, detail) : end;
        }
        close();
    }

    /// While media goes out, silence of the other side means nothing, unless it is stuck.
    private int read(ByteBuffer into) throws IOException {
        while (true) {
            try {
                int count =
                        socket.getInputStream()
                                .read(
                                        into.array(),
                                        into.arrayOffset() + into.position(),
                                        into.remaining());
                if (count > 0) {
                    into.position(into.position() + count);
                }
                return count;
            } catch (SocketTimeoutException e) {
                if (!streaming) {
                    throw e;
                }
                long since = writingSinceNanos;
                if (since != 0 && System.nanoTime() - since > timeouts.stuck().toNanos()) {
                    throw new IOException("it takes nothing any more", e);
                }
            }
        }
    }

    private void send(RtmpMessage message) throws IOException {
        write(List.of(ChunkWriter.write(message, writeChunkBytes)));
    }

    /// Blocks until all of it is out.
    void write(List<ByteBuffer> buffers) throws IOException {
        writing.lock();
        try {
            int length = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
            ByteBuffer all = ByteBuffer.allocate(length);
            buffers.forEach(all::put);
            writingSinceNanos = System.nanoTime();
            socket.getOutputStream().write(all.array(), 0, length);
            writingSinceNanos = 0;
        } finally {
            writing.unlock();
        }
    }

    void close() {
        try {
            raw.close();
        } catch (IOException _) {
            // gone already
        }
    }
}
