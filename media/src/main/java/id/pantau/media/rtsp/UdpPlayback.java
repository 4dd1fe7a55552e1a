package id.pantau.media.rtsp;

import id.pantau.media.rtp.ReorderBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Receives media on UDP ports of our own while the RTSP connection carries the conversation; one
/// selector waits for all of them. Datagrams of anybody but the camera are dropped.
final class UdpPlayback {
    /// The largest payload of UDP.
    private static final int DATAGRAM_BYTES = 65_535;

    /// So many datagrams of one socket are read before the others have their turn.
    private static final int TURN = 256;

    /// An RTP header of version 2 with nothing behind it, and an empty receiver report: what opens
    /// the way back through a firewall. Cameras ignore both.
    private static final byte[] PUNCH_RTP = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final byte[] PUNCH_RTCP = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 0};

    /// How long a packet waits for one that took another way. Cameras stand in the LAN or behind
    /// one tunnel; what is later than this is lost.
    private static final Duration JITTER = Duration.ofMillis(200);

    /// Two key frames of a 4K camera.
    private static final int REORDER_PACKETS = 1024;

    private final Playback playback;
    private final RtspConnection connection;
    private final RtspInput input;
    private final RtspDialogue dialogue;
    private final RtspPull pull;
    private final ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_BYTES);
    private final List<ReorderBuffer> order = new ArrayList<>();
    private long datagrams;
    private long strangers;

    /// What belongs to a selection key.
    private record Source(int track, DatagramChannel channel, boolean rtcp) {}

    UdpPlayback(
            Playback playback,
            RtspConnection connection,
            RtspInput input,
            RtspDialogue dialogue,
            RtspPull pull) {
        this.playback = playback;
        this.connection = connection;
        this.input = input;
        this.dialogue = dialogue;
        this.pull = pull;
        for (int i = 0; i < playback.tracks.size(); i++) {
            int track = i;
            order.add(
                    new ReorderBuffer(
                            REORDER_PACKETS,
                            JITTER,
                            packet -> playback.receiver.rtp(track, packet)));
        }
    }

    /// Until it is over.
    void run() throws AttemptOverException, InterruptedException {
        try (Selector selector = Selector.open()) {
            connection.channel().configureBlocking(false);
            dialogue.sendThrough(this::sendNow);
            connection.channel().register(selector, SelectionKey.OP_READ);
            for (int track = 0; track < playback.tracks.size(); track++) {
                register(selector, track);
                punch(track);
            }
            while (true) {
                turn(selector);
            }
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private void register(Selector selector, int track) throws IOException {
        UdpPorts ports = ports(track);
        ports.rtp().register(selector, SelectionKey.OP_READ, new Source(track, ports.rtp(), false));
        ports.rtcp()
                .register(selector, SelectionKey.OP_READ, new Source(track, ports.rtcp(), true));
    }

    private UdpPorts ports(int track) {
        UdpPorts ports = playback.tracks.get(track).ports();
        if (ports == null) {
            throw new IllegalStateException("media track %d has no ports".formatted(track));
        }
        return ports;
    }

    private void turn(Selector selector)
            throws IOException, AttemptOverException, InterruptedException {
        boolean waiting = order.stream().anyMatch(buffer -> buffer.held() > 0);
        selector.select(waiting ? Math.min(50, playback.tickMs()) : playback.tickMs());
        if (Thread.interrupted()) {
            // Unlike a connection that carries media, closing this one ends nothing at the camera.
            pull.tearDown();
            throw new InterruptedException();
        }
        playback.woke();
        boolean closed = false;
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Source source) {
                receive(source);
            } else {
                closed = input.fill(connection.channel()) < 0;
                playback.drain(input, (_, _) -> {});
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        order.forEach(buffer -> buffer.expire(now));
        if (closed) {
            throw playback.closedByCamera();
        }
        try {
            playback.housekeeping(this::report);
        } catch (AttemptOverException e) {
            throw datagrams > 0 ? e : withPorts(e);
        }
    }

    /// Not one datagram: that is a firewall in most cases, and the sentence should help to find it.
    private AttemptOverException withPorts(AttemptOverException e) {
        var numbers = new StringJoiner(", ");
        for (int track = 0; track < playback.tracks.size(); track++) {
            numbers.add(ports(track).numbers().toString());
        }
        return new AttemptOverException(
                e.end().reason(),
                "%s No datagram came on the UDP ports %s (%d from other senders)."
                        .formatted(e.end().detail(), numbers, strangers));
    }

    private void receive(Source source) throws IOException {
        long nanoTime = System.nanoTime();
        for (int i = 0; i < TURN; i++) {
            SocketAddress from = source.channel.receive(datagram.clear());
            if (from == null) {
                return;
            }
            datagram.flip();
            if (!isCamera(from)) {
                strangers++;
                continue;
            }
            datagrams++;
            if (source.rtcp) {
                playback.receiver.rtcp(source.track, datagram);
            } else {
                order.get(source.track).offer(datagram, nanoTime);
            }
        }
    }

    private boolean isCamera(SocketAddress from) {
        return from instanceof InetSocketAddress address
                && address.getAddress().equals(connection.remoteAddress());
    }

    private void punch(int track) throws IOException {
        send(track, false, ByteBuffer.wrap(PUNCH_RTP));
        send(track, true, ByteBuffer.wrap(PUNCH_RTCP));
    }

    private void report(int track, ByteBuffer report)
            throws AttemptOverException, InterruptedException {
        try {
            send(track, true, report);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private void send(int track, boolean rtcp, ByteBuffer bytes) throws IOException {
        RtspTransport.@Nullable Pair there = playback.tracks.get(track).answer().serverPort();
        if (there == null) {
            return; // the camera did not say where it listens
        }
        InetAddress camera = connection.remoteAddress();
        DatagramChannel channel = rtcp ? ports(track).rtcp() : ports(track).rtp();
        int port = rtcp ? there.rtcp() : there.rtp();
        if (port > 0) {
            channel.send(bytes, new InetSocketAddress(camera, port));
        }
    }

    /// The control connection carries a few hundred bytes a minute: what does not leave at once
    /// never will.
    private void sendNow(ByteBuffer bytes) throws AttemptOverException, InterruptedException {
        try {
            connection.channel().write(bytes);
        } catch (IOException e) {
            throw connection.lost(e);
        }
        if (bytes.hasRemaining()) {
            throw connection.lost(new IOException("it no longer reads what it is sent"));
        }
    }
}
