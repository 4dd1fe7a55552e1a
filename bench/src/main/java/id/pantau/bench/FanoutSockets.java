package id.pantau.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The least that the fan-out can cost on this machine: as many bytes in as many WebSocket frames,
/// written straight into blocking sockets by one platform thread per stream, with no web server and
/// no queues. What is left is the kernel's copying and its TCP. A child process.
final class FanoutSockets {
    private static final int SEND_BUFFER_BYTES = 512 << 10;

    private FanoutSockets() {}

    /// Arguments: port, number of streams, bytes of a message, nanoseconds from one to the next. A
    /// stream's path is `/N`, from 1.
    public static void main(String[] arguments) throws IOException {
        int streams = Integer.parseInt(arguments[1]);
        int bytes = Integer.parseInt(arguments[2]);
        long everyNanos = Long.parseLong(arguments[3]);
        var watching = new ArrayList<List<SocketChannel>>();
        for (int i = 0; i < streams; i++) {
            var channels = new CopyOnWriteArrayList<SocketChannel>();
            watching.add(channels);
            long offsetNanos = everyNanos * i / streams;
            Thread.ofPlatform().start(() -> publish(channels, bytes, everyNanos, offsetNanos));
        }
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 256);
            System.out.println("ready");
            while (true) {
                SocketChannel channel = server.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
                watching.get(handshake(channel) - 1).add(channel);
            }
        }
    }

    /// @return the number of the stream asked for
    private static int handshake(SocketChannel channel) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(4096);
        String text = "";
        while (!text.endsWith("\r\n\r\n") && channel.read(request) >= 0) {
            text = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
        }
        channel.write(
                ByteBuffer.wrap(
                        "HTTP/1.1 101 Switching\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        return Integer.parseInt(text.substring("GET /".length(), text.indexOf(" HTTP")));
    }

    private static void publish(
            List<SocketChannel> watching, int bytes, long everyNanos, long offsetNanos) {
        ByteBuffer head = ByteBuffer.allocateDirect(10);
        head.put((byte) 0x82).put((byte) 127).putLong(bytes).flip(); // RFC 6455 §5.2: binary, whole
        try {
            while (true) {
                long phase = Math.floorMod(System.nanoTime() - offsetNanos, everyNanos);
                TimeUnit.NANOSECONDS.sleep(everyNanos - phase);
                ByteBuffer message = ByteBuffer.allocateDirect(bytes);
                Arrivals.stamp(message, Instant.now());
                for (SocketChannel channel : watching) {
                    ByteBuffer[] frame = {head.duplicate(), message.duplicate()};
                    for (long left = 10L + bytes; left > 0; ) {
                        left -= channel.write(frame);
                    }
                }
            }
        } catch (IOException | InterruptedException _) {
            // the viewers left: the process ends soon
        }
    }
}
