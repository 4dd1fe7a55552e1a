package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Publication;
import id.pantau.media.rtp.ReorderBuffer;
import id.pantau.media.rtp.RtpTrack;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.MediaDescription;
import id.pantau.media.sdp.SessionDescription;
import id.pantau.media.sdp.TrackChoice;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One client's session that publishes: from ANNOUNCE to TEARDOWN (RFC 2326 §10.3, §10.11). Holds
/// the publication. Requests and frames come on the reading thread, datagrams on threads of their
/// own; the lock makes one order of them.
final class RecordSession {
    /// As with a camera that is pulled.
    private static final Duration STALL = Duration.ofSeconds(10);

    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration JITTER = Duration.ofMillis(200);
    private static final int REORDER_PACKETS = 1024;
    private static final int DATAGRAM_BYTES = 65_535;
    private static final int RECEIVE_BUFFER_BYTES = 2 << 20;
    private static final int NOT_OURS = -1;

    private final ServerConnection connection;
    private final ServerChannel channel;
    private final ServerWriter writer;
    private final boolean udp;
    private final Publication publication;
    private final SessionDescription description;
    private final List<TrackChoice> choices;
    private final Map<Integer, ClientRoute> setUp = new TreeMap<>(); // by index of the media
    private final ReentrantLock lock = new ReentrantLock();

    /// Per channel: twice the index of its received track, one more for RTCP.
    private final int[] destinations = new int[256];

    // guarded by lock
    private @Nullable PacketReceiver receiver;
    private List<ClientRoute> routes = List.of(); // by index of the received track
    private boolean closed;
    private long reportedNanos;

    private volatile boolean recording;
    private volatile long newestPacketNanos;

    /// @param choices what of the description is received; at least one
    /// @param publication belongs to this session from now on
    RecordSession(
            ServerConnection connection,
            ServerChannel channel,
            ServerWriter writer,
            boolean udp,
            SessionDescription description,
            List<TrackChoice> choices,
            Publication publication) {
        this.connection = connection;
        this.channel = channel;
        this.writer = writer;
        this.udp = udp;
        this.description = description;
        this.choices = choices;
        this.publication = publication;
        Arrays.fill(destinations, NOT_OURS);
    }

    /// Whether the publisher sends nothing any more.
    boolean isStalled() {
        return recording && System.nanoTime() - newestPacketNanos > STALL.toNanos();
    }

    boolean isRecording() {
        return recording;
    }

    /// Whether the server took the stream back.
    boolean isRevoked() {
        return !publication.isOpen();
    }

    /// Media that is not received may be set up, too: publishers give up when a part of what they
    /// announce is refused.
    Response setup(Request request) {
        if (recording) {
            return ServerConnection.wrongState();
        }
        int media = mediaOf(request.uri());
        if (media < 0) {
            return Response.of(404, "Not Found");
        }
        String wanted = request.headers().first("Transport").orElse("");
        Optional<AgreedRoute> agreed;
        try {
            agreed = AgreedRoute.find(wanted, media, channel, udp, "record");
        } catch (IOException _) {
            return Response.of(500, "Internal Server Error");
        }
        if (agreed.isEmpty()) {
            return Response.of(461, "Unsupported Transport");
        }
        ClientRoute before = setUp.put(media, agreed.get().route());
        if (before != null) {
            before.close();
        }
        return connection
                .withNewSession(ServerConnection.ok())
                .with("Transport", agreed.get().answer().write());
    }

    /// Publishers make the address of a media track in their own ways, and put it behind a query.
    private int mediaOf(String uri) {
        List<MediaDescription> media = description.media();
        for (int i = 0; i < media.size(); i++) {
            String control = media.get(i).control().orElse("");
            if (!control.isEmpty() && (uri.equals(control) || uri.endsWith("/" + control))) {
                return i;
            }
        }
        return media.size() == 1 ? 0 : -1;
    }

    Response record() {
        if (recording) {
            return connection.withSession(ServerConnection.ok());
        }
        List<RtpTrack> tracks = new ArrayList<>();
        List<ClientRoute> received = new ArrayList<>();
        for (TrackChoice choice : choices) {
            ClientRoute route = setUp.get(description.media().indexOf(choice.media()));
            if (route != null) {
                tracks.add(choice.track());
                received.add(route);
            }
        }
        if (tracks.isEmpty()) {
            return ServerConnection.wrongState();
        }
        lock.lock();
        try {
            receiver = PacketReceiver.ofRtp(tracks, Clock.systemUTC(), publication::accept);
            routes = received;
            reportedNanos = System.nanoTime();
            newestPacketNanos = System.nanoTime();
            recording = true;
            for (int track = 0; track < received.size(); track++) {
                open(track, received.get(track));
            }
        } catch (IOException _) {
            return Response.of(500, "Internal Server Error");
        } finally {
            lock.unlock();
        }
        return connection.withSession(ServerConnection.ok());
    }

    private void open(int track, ClientRoute route) throws IOException {
        switch (route) {
            case ClientRoute.Interleaved(int rtp, int rtcp) -> {
                destinations[rtcp] = 2 * track + 1;
                destinations[rtp] = 2 * track;
            }
            case ClientRoute.Udp(DatagramChannel rtp, DatagramChannel rtcp) -> {
                rtp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
                rtcp.configureBlocking(true);
                var order =
                        new ReorderBuffer(
                                REORDER_PACKETS, JITTER, packet -> take(2 * track, packet));
                listen(rtp, packet -> order.offer(packet, System.nanoTime()));
                listen(rtcp, packet -> take(2 * track + 1, packet));
            }
        }
    }

    /// Until the socket is closed.
    private void listen(DatagramChannel socket, ReorderBuffer.Delivery delivery) {
        Thread.ofVirtual()
                .name("rtsp-record")
                .start(() -> {
                    ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_BYTES);
                    while (socket.isOpen()) {
                        try {
                            int unused = socket.read(datagram.clear());
                            hear(delivery, datagram.flip());
                        } catch (IOException _) {
                            // closed, or the publisher's port is: then its connection says so soon
                        }
                    }
                });
    }

    private void hear(ReorderBuffer.Delivery delivery, ByteBuffer datagram) {
        connection.heard();
        lock.lock();
        try {
            delivery.deliver(datagram);
        } finally {
            lock.unlock();
        }
    }

    /// A frame of the connection.
    void frame(int channelNumber, ByteBuffer packet) {
        int destination = destinations[channelNumber];
        if (destination == NOT_OURS) {
            return;
        }
        lock.lock();
        try {
            take(destination, packet);
        } finally {
            lock.unlock();
        }
    }

    private void take(int destination, ByteBuffer packet) {
        PacketReceiver current = receiver;
        if (closed || current == null) {
            return;
        }
        long now = System.nanoTime();
        newestPacketNanos = now;
        try {
            if ((destination & 1) == 0) {
                current.rtp(destination >> 1, packet);
            } else {
                current.rtcp(destination >> 1, packet);
            }
        } catch (RuntimeException e) {
            // Media nobody foresaw ends this session and no other.
            end(
                    new StreamEnd(
                            StreamEnd.Reason.PROTOCOL_ERROR,
                            "Media of the publisher cannot be understood: %s.".formatted(e)));
            connection.close();
            return;
        }
        if (now - reportedNanos > REPORT_EVERY.toNanos()) {
            reportedNanos = now;
            report(current);
        }
    }

    private void report(PacketReceiver current) {
        for (int track = 0; track < routes.size(); track++) {
            ByteBuffer report = current.receiverReport(track).orElse(null);
            if (report == null) {
                continue;
            }
            switch (routes.get(track)) {
                case ClientRoute.Interleaved(_, int rtcp) -> {
                    ByteBuffer frame = ByteBuffer.allocate(4 + report.remaining());
                    frame.put((byte) '$').put((byte) rtcp).putShort((short) report.remaining());
                    boolean unused = writer.send(frame.put(report).flip());
                }
                case ClientRoute.Udp route -> route.send(true, List.of(report));
            }
        }
    }

    /// Gives the stream back and closes the ports.
    void end(StreamEnd end) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                recording = false;
                setUp.values().forEach(ClientRoute::close);
                publication.close(end);
            }
        } finally {
            lock.unlock();
        }
    }
}
