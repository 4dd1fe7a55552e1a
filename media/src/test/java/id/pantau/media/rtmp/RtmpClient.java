package id.pantau.media.rtmp;

import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.StreamTag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;

/// A simple RTMP client for tests.
final class RtmpClient implements AutoCloseable {
    final Socket socket;
    final RtmpInput input;
    final ChunkReader chunks;
    private int chunkBytes = ChunkWriter.FIRST_CHUNK_BYTES;

    private RtmpClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        input =
                new RtmpInput(into -> {
                    int count =
                            socket.getInputStream()
                                    .read(into.array(), into.position(), into.remaining());
                    into.position(into.position() + Math.max(0, count));
                    return count;
                });
        chunks = new ChunkReader(input, ChunkReader.Limits.media(8 << 20));
    }

    static RtmpClient connected(int port) throws IOException {
        return new RtmpClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Handshake, `connect` and `createStream`.
    static RtmpClient ready(int port) throws Exception {
        return ready(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static RtmpClient ready(Socket socket) throws Exception {
        var client = new RtmpClient(socket);
        client.shakeHands();
        client.send(
                Command.of(
                                "connect",
                                1,
                                AmfValue.object("app", "live", "tcUrl", "rtmp://localhost/live"))
                        .message(0));
        client.awaitCommand("_result");
        client.send(Command.of("createStream", 2, AmfValue.NULL).message(0));
        client.awaitCommand("_result");
        return client;
    }

    void shakeHands() throws Exception {
        write(RtmpHandshake.opening(new Random(1)));
        RtmpHandshake.readVersion(input);
        write(RtmpHandshake.readPart(input));
        ByteBuffer unused = RtmpHandshake.readPart(input);
    }

    /// @return the code of the answer
    String publish(String name) throws Exception {
        send(
                Command.of("publish", 3, AmfValue.NULL, AmfValue.of(name), AmfValue.of("live"))
                        .message(1));
        return code(awaitCommand("onStatus"));
    }

    /// @return the code of the answer
    String play(String name) throws Exception {
        send(Command.of("play", 3, AmfValue.NULL, AmfValue.of(name)).message(1));
        String code = code(awaitCommand("onStatus"));
        return code.equals("NetStream.Play.Reset") ? code(awaitCommand("onStatus")) : code;
    }

    static String code(Command status) {
        return status.arguments().getFirst().field("code").orElseThrow().text().orElseThrow();
    }

    Command awaitCommand(String name) throws Exception {
        while (true) {
            RtmpMessage message = chunks.next();
            if (message.type() == MessageType.COMMAND_AMF0) {
                Command command = Command.read(message);
                if (command.name().equals(name)) {
                    return command;
                }
            }
        }
    }

    /// The next message of audio or video.
    RtmpMessage awaitMedia() throws Exception {
        while (true) {
            RtmpMessage message = chunks.next();
            if (message.type() == MessageType.AUDIO || message.type() == MessageType.VIDEO) {
                return message;
            }
        }
    }

    void send(StreamTag tag) throws IOException {
        FlvTag plain = tag.plain();
        send(
                new RtmpMessage(
                        RtmpMessage.AUDIO,
                        plain.kind().type(),
                        plain.timestampMs(),
                        1,
                        plain.body()));
    }

    void send(RtmpMessage message) throws IOException {
        write(ChunkWriter.write(message, chunkBytes));
    }

    void chunkSize(int bytes) throws IOException {
        send(RtmpMessage.control(MessageType.SET_CHUNK_SIZE, bytes));
        chunkBytes = bytes;
    }

    void write(ByteBuffer bytes) throws IOException {
        socket.getOutputStream()
                .write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /// Whether the server hangs up, whatever it says before.
    boolean isCutOff() throws IOException {
        byte[] buffer = new byte[4096];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {}
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            // reset
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
