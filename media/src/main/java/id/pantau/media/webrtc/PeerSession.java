package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/// One session from its answer to its end: waits for a way to the peer, shakes hands, and hands the
/// peer's packets to its [PeerMedia]; all on a virtual thread of its own.
final class PeerSession implements WebRtcSession {
    private static final System.Logger LOG = System.getLogger(PeerSession.class.getName());

    /// A browser checks from each of its addresses; more than this is no browser.
    private static final int MAX_PATHS = 16;

    /// What a session shares with the server's others.
    ///
    /// @param handshakes bounds how many run at once: each is some milliseconds of CPU
    /// @param onEnd called once when the session is over
    record Surroundings(
            WebRtcSettings settings,
            DtlsIdentity identity,
            SessionTable table,
            TrafficCounters counters,
            Semaphore handshakes,
            Runnable onConnected,
            Runnable onEnd) {}

    private final String id;
    private final IceCredentials credentials;
    private final SecretKeySpec stunKey;
    private final List<Offer.Fingerprint> fingerprints;
    private final PeerMedia media;
    private final Surroundings around;
    private final Instant since = Instant.now();
    private final BlockingQueue<byte[]> inbox;
    private final Set<Object> paths = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable StreamEnd> asked = new AtomicReference<>();
    private final Thread thread;
    private volatile @Nullable PeerPath path;
    private volatile long heardNanos = System.nanoTime();
    private volatile State state = new State(Phase.CONNECTING, "waiting for the peer");

    PeerSession(
            String id,
            IceCredentials credentials,
            List<Offer.Fingerprint> fingerprints,
            PeerMedia media,
            Surroundings around) {
        this.id = id;
        this.credentials = credentials;
        this.stunKey = StunMessage.key(credentials.password());
        this.fingerprints = fingerprints;
        this.media = media;
        this.around = around;
        this.inbox = new ArrayBlockingQueue<>(media.inboxPackets());
        this.thread = Thread.ofVirtual().name("webrtc-session").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public WebRtcStatistics statistics() {
        return media.statistics();
    }

    @Override
    public void close(StreamEnd end) {
        if (asked.compareAndSet(null, end)) {
            thread.interrupt();
        }
    }

    IceCredentials credentials() {
        return credentials;
    }

    SecretKeySpec stunKey() {
        return stunKey;
    }

    Set<Object> paths() {
        return paths;
    }

    /// A connectivity check of the peer was right. Called by the threads that receive.
    ///
    /// @param nominated whether the peer chose this path (USE-CANDIDATE)
    /// @return false when it does not count: the session is over, or has too many paths
    boolean heardOn(PeerPath candidate, boolean nominated) {
        if (state.phase() == Phase.CLOSED) {
            return false;
        }
        if (!paths.contains(candidate.remote())) {
            if (paths.size() >= MAX_PATHS) {
                return false;
            }
            paths.add(candidate.remote());
        }
        heardNanos = System.nanoTime();
        PeerPath current = path;
        if (current == null || nominated && !candidate.equals(current)) {
            path = candidate;
        }
        return true;
    }

    /// A connection of the peer's is gone.
    void lost(PeerPath gone) {
        if (gone.equals(path)) {
            close(new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "the TCP connection ended"));
        }
    }

    /// Takes a packet from the network; never blocks. Called by the threads that receive.
    void offer(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        if (!inbox.offer(copy)) {
            around.counters().overflowed().increment();
        }
    }

    /// Sends to the peer. A packet that the network refuses is lost like one that it drops.
    void send(ByteBuffer packet) {
        PeerPath current = path;
        if (current == null) {
            return;
        }
        try {
            current.send(packet);
        } catch (IOException _) {
            around.counters().unsent().increment();
        }
    }

    private void run() {
        StreamEnd end;
        try {
            end = converse();
        } catch (InterruptedException _) {
            StreamEnd wanted = asked.get();
            end = wanted == null ? stopped() : wanted;
        } catch (RuntimeException broken) {
            // A fault of ours must cost one session, never the server.
            LOG.log(System.Logger.Level.ERROR, "a WebRTC session failed", broken);
            end =
                    new StreamEnd(
                            StreamEnd.Reason.PROTOCOL_ERROR,
                            "internal error: " + broken.getClass().getName());
        }
        state = new State(Phase.CLOSED, end.detail());
        around.table().remove(this);
        boolean unused = Thread.interrupted(); // or the media could not wait for its own thread
        media.ended(end);
        around.onEnd().run();
        LOG.log(
                System.Logger.Level.DEBUG,
                "WebRTC session ended: {0}, {1}",
                end.reason(),
                end.detail());
    }

    private static StreamEnd stopped() {
        return new StreamEnd(StreamEnd.Reason.STOPPED, "stopped by the server");
    }

    private StreamEnd converse() throws InterruptedException {
        long connectNanos = around.settings().connectWithin().toNanos();
        long deadline = System.nanoTime() + connectNanos;
        byte[] hello = awaitDtls(deadline);
        long left = deadline - System.nanoTime();
        if (hello == null || !around.handshakes().tryAcquire(left, TimeUnit.NANOSECONDS)) {
            return new StreamEnd(
                    StreamEnd.Reason.UNREACHABLE,
                    "the peer did not connect within %d s"
                            .formatted(around.settings().connectWithin().toSeconds()));
        }
        var pipe = new DtlsPipe(this, inbox);
        pipe.give(hello);
        var answerer = new DtlsAnswerer(around.identity(), fingerprints);
        DTLSTransport dtls;
        try {
            dtls = new DTLSServerProtocol().accept(answerer, pipe);
        } catch (IOException | RuntimeException e) { // records that lie cause either
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            around.counters().handshakesFailed().increment();
            return new StreamEnd(
                    StreamEnd.Reason.TLS_FAILED, "DTLS could not be agreed: " + e.getMessage());
        } finally {
            around.handshakes().release();
        }
        pipe.handshakeIsOver();
        return connected(answerer, dtls, pipe);
    }

    private byte @Nullable [] awaitDtls(long deadline) throws InterruptedException {
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            byte[] packet = inbox.poll(left, TimeUnit.NANOSECONDS);
            if (packet == null || DtlsPipe.isDtls(packet)) {
                return packet;
            }
        }
    }

    private StreamEnd connected(DtlsAnswerer answerer, DTLSTransport dtls, DtlsPipe pipe)
            throws InterruptedException {
        PeerPath current = path;
        SrtpKeys keys = answerer.keys();
        String way = current == null ? "" : current.describe();
        state = new State(Phase.CONNECTED, "%s, %s".formatted(way, keys.profile()));
        around.onConnected().run();
        media.connected(keys, this);
        long consentNanos = around.settings().consentTimeout().toNanos();
        try {
            return converse(answerer, dtls, pipe, consentNanos);
        } finally {
            close(dtls);
        }
    }

    /// Says close_notify.
    private static void close(DTLSTransport dtls) {
        boolean interrupted = Thread.interrupted();
        try {
            dtls.close();
        } catch (IOException | RuntimeException _) {
            // the peer learns it from the silence
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamEnd converse(
            DtlsAnswerer answerer, DTLSTransport dtls, DtlsPipe pipe, long consentNanos)
            throws InterruptedException {
        StreamEnd end = null;
        while (end == null) {
            byte[] packet = inbox.poll(media.pause().toNanos(), TimeUnit.NANOSECONDS);
            if (packet != null) {
                end = accept(packet, answerer, dtls, pipe);
            }
            long now = System.nanoTime();
            if (end == null && now - heardNanos > consentNanos) {
                end =
                        new StreamEnd(
                                StreamEnd.Reason.CONNECTION_LOST,
                                "nothing heard from the peer for %d s"
                                        .formatted(TimeUnit.NANOSECONDS.toSeconds(consentNanos)));
            }
            if (end == null) {
                end = media.tick(now);
            }
        }
        return end;
    }

    private @Nullable StreamEnd accept(
            byte[] packet, DtlsAnswerer answerer, DTLSTransport dtls, DtlsPipe pipe) {
        int first = packet[0] & 0xff;
        if (first >= 128 && first <= 191) {
            return media.packet(packet);
        }
        if (!DtlsPipe.isDtls(packet)) {
            around.counters().strayPackets().increment();
            return null;
        }
        pipe.give(packet);
        try {
            int unused =
                    dtls.receive(new byte[pipe.getReceiveLimit()], 0, pipe.getReceiveLimit(), 1);
        } catch (IOException | RuntimeException _) { // records that lie cause either
            around.counters().strayPackets().increment();
        }
        return answerer.closedByPeer()
                ? new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "the peer ended the session")
                : null;
    }
}
