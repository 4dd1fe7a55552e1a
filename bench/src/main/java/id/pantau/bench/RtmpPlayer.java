package id.pantau.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/// An RTMP player that only counts: as light as a client can be. Used by one thread.
final class RtmpPlayer implements AutoCloseable {
    private static final int HANDSHAKE_BYTES = 1536;
    private static final int BUFFER_BYTES = 256 << 10;

    private final Socket socket;

    private RtmpPlayer(Socket socket) {
        this.socket = socket;
    }

    /// Asks for a stream; what is answered is not looked at.
    ///
    /// @param name of the stream, behind `live/`; with what it needs besides at most 90 characters
    static RtmpPlayer open(int port, String name) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            InputStream in = socket.getInputStream();
            var out = socket.getOutputStream();
            byte[] opening = new byte[1 + HANDSHAKE_BYTES];
            opening[0] = 3;
            out.write(opening);
            byte[] answer = in.readNBytes(1 + 2 * HANDSHAKE_BYTES);
            out.write(answer, 1, HANDSHAKE_BYTES);
            out.write(connect(port));
            out.write(message(0, command("createStream", 2)));
            out.write(message(1, play(name)));
            return new RtmpPlayer(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Until the server ends it.
    void play(LongAdder bytes) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count; (count = in.read(buffer)) >= 0; ) {
            bytes.add(count);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] connect(int port) throws IOException {
        var body = new ByteArrayOutputStream();
        body.write(command("connect", 1));
        var fields = new DataOutputStream(body);
        fields.writeByte(3);
        fields.writeUTF("app");
        text(fields, "live");
        fields.writeUTF("tcUrl");
        text(fields, "rtmp://127.0.0.1:%d/live".formatted(port));
        fields.writeUTF("");
        fields.writeByte(9);
        return message(0, body.toByteArray());
    }

    private static byte[] play(String name) throws IOException {
        var body = new ByteArrayOutputStream();
        body.write(command("play", 3));
        var fields = new DataOutputStream(body);
        fields.writeByte(5);
        text(fields, name);
        return body.toByteArray();
    }

    private static byte[] command(String name, double transaction) throws IOException {
        var body = new ByteArrayOutputStream();
        var fields = new DataOutputStream(body);
        text(fields, name);
        fields.writeByte(0);
        fields.writeDouble(transaction);
        return body.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeByte(2);
        out.writeUTF(text);
    }

    /// One chunk of format 0: every command here is shorter than 128 bytes.
    private static byte[] message(int stream, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(3);
        out.writeShort(0);
        out.writeByte(0);
        out.writeByte(0);
        out.writeShort(body.length);
        out.writeByte(20);
        out.writeInt(Integer.reverseBytes(stream));
        out.write(body);
        return bytes.toByteArray();
    }
}
