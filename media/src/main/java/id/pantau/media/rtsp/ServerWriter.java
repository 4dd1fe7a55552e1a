package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sending half of a client's connection: one thread writes what any thread puts in, answers
/// and media, inside the connection or by UDP.
final class ServerWriter {
    /// So much is put into one system call at most.
    private static final int WRITE_BYTES = 512 << 10;

    /// A client that has taken nothing for so long has hung itself up.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(20);

    /// UDP packets sent in one go before the receiver gets a moment to empty its buffer.
    private static final int BURST_PACKETS = 48;

    private final ServerChannel channel;
    private final ClientQueue queue;
    private final Runnable whenHeardOf;
    private volatile Map<Integer, ClientRoute> routes = Map.of();
    private volatile RtspTampering tampering = RtspTampering.NONE;
    private volatile long writingSinceNanos;
    private volatile @Nullable Thread thread;

    /// @param whenHeardOf called when a client gives a sign of life by UDP
    ServerWriter(ServerChannel channel, int queueBytes, Runnable whenHeardOf) {
        this.channel = channel;
        this.queue = new ClientQueue(queueBytes);
        this.whenHeardOf = whenHeardOf;
    }

    long dropped() {
        return queue.dropped();
    }

    boolean isStuck() {
        long writing = writingSinceNanos;
        return writing != 0 && System.nanoTime() - writing > STUCK_AFTER.toNanos();
    }

    /// @return false when too many answers wait already
    boolean send(Response response) {
        return queue.answer(response.write());
    }

    /// A frame of ours, or several.
    ///
    /// @return false when too much waits already
    boolean send(ByteBuffer frames) {
        return queue.answer(frames);
    }

    /// From here on media goes these ways, by index of the media track.
    void route(Map<Integer, ClientRoute> next) {
        routes = Map.copyOf(next);
    }

    void tamper(RtspTampering next) {
        tampering = next;
    }

    /// Media begins with a key frame again.
    void restart() {
        queue.restart();
    }

    void media(PacketBatch batch) {
        if (routes.containsKey(batch.track())) {
            queue.media(batch);
        }
    }

    void close() {
        Thread current = thread;
        if (current != null) {
            current.interrupt();
        }
    }

    /// Until the connection is over.
    void run() throws InterruptedException {
        thread = Thread.currentThread();
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
                if (!buffers.isEmpty()) {
                    channel.write(buffers);
                }
                writingSinceNanos = 0;
                items.clear();
                buffers.clear();
            }
        } catch (IOException _) {
            // the client is gone
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
                    whenHeardOf.run();
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
}
