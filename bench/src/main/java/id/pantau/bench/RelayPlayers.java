package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Many RTMP players in one process that only count: the same for every server measured. Arguments:
/// port, players, streams (`live/s1` and so on). Answers each line of its standard input with the
/// bytes that came so far and the players that still play.
final class RelayPlayers {
    private static final int HANDSHAKE_BYTES = 1536;
    private static final LongAdder BYTES = new LongAdder();
    private static final AtomicInteger PLAYING = new AtomicInteger();

    private RelayPlayers() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int players = Integer.parseInt(arguments[1]);
        int streams = Integer.parseInt(arguments[2]);
        for (int i = 0; i < players; i++) {
            String name = "s" + (i % streams + 1);
            var unused = Thread.ofVirtual().start(() -> play(port, name));
        }
        var asked = new Scanner(System.in, UTF_8);
        while (asked.hasNextLine()) {
            asked.nextLine();
            System.out.println(BYTES.sum() + " " + PLAYING.get());
        }
    }

    private static void play(int port, String name) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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
            byte[] buffer = new byte[256 << 10];
            PLAYING.incrementAndGet();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                BYTES.add(count);
            }
        } catch (IOException e) {
            System.err.println("a player is cut off: " + e);
        }
        PLAYING.decrementAndGet();
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
