package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.StreamHub;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Answers WebRTC offers and runs the sessions that follow. The caller brings offer and answer to
/// the peer (WHEP, WHIP) and has checked who it is. Thread-safe.
public final class WebRtcServer implements AutoCloseable {
    /// As many handshakes run at once; each is a few milliseconds of CPU and waits for the peer
    /// most of its time.
    private static final int HANDSHAKES = 32;

    private static final int MAX_CANDIDATES = 8;
    private static final int ID_BYTES = 18;

    private final WebRtcSettings settings;
    private volatile List<AnnouncedHost> alsoAnnounced = List.of();
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final SessionTable table = new SessionTable();
    private final TrafficCounters counters = new TrafficCounters();
    private final Semaphore handshakes = new Semaphore(HANDSHAKES);
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger connecting = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final UdpPort udp;
    private final @Nullable TcpPort tcp;
    private volatile boolean closed;

    private WebRtcServer(WebRtcSettings settings) throws IOException {
        this.settings = settings;
        this.udp = UdpPort.open(settings.udp(), table, counters);
        InetSocketAddress address = settings.tcp();
        try {
            tcp = address == null ? null : TcpPort.open(address, table, counters, settings);
        } catch (IOException | RuntimeException e) {
            udp.close();
            throw e;
        }
    }

    /// @throws IOException when a port is taken
    public static WebRtcServer start(WebRtcSettings settings) throws IOException {
        return new WebRtcServer(settings);
    }

    /// What is listened on.
    public InetSocketAddress udpAddress() throws IOException {
        return udp.address();
    }

    /// What is listened on; empty when TCP is off.
    public Optional<InetSocketAddress> tcpAddress() {
        return Optional.ofNullable(tcp).map(TcpPort::address);
    }

    /// Of the certificate made at start: `sha-256 AB:CD:…`
    public String fingerprint() {
        return identity.fingerprint();
    }

    public WebRtcAnswer answerPlay(String offer, StreamHub hub) {
        return answerPlay(offer, PlaySource.of(hub));
    }

    /// A peer wants to play a stream (WHEP). Resolves the announced names, so it may block.
    ///
    /// @param offer `application/sdp`; whatever is wrong with it is a refusal
    /// @param source its `ended()` is called only when the offer is accepted
    public WebRtcAnswer answerPlay(String offer, PlaySource source) {
        Optional<StreamFormat> format = source.format();
        if (format.isEmpty()) {
            return refused(WebRtcAnswer.Reason.NOT_STREAMING, "the stream carries nothing now");
        }
        return answer(
                offer,
                parsed -> Negotiation.toPlay(parsed, format.get()),
                agreement -> new PlayMedia(agreement, source));
    }

    /// A peer wants to publish (WHIP). Resolves the announced names, so it may block.
    ///
    /// @param offer `application/sdp`; whatever is wrong with it is a refusal
    /// @param publication the session's when the offer is accepted, which closes it at its end;
    ///   still the caller's when it is refused
    public WebRtcAnswer answerPublish(String offer, Publication publication) {
        return answer(
                offer,
                Negotiation::toPublish,
                agreement -> new PublishMedia(agreement, publication));
    }

    /// A session that has not ended.
    public Optional<WebRtcSession> find(String id) {
        return Optional.ofNullable(table.withId(id));
    }

    /// Those that have not ended, in no order.
    public List<WebRtcSession> list() {
        return List.copyOf(table.all());
    }

    public WebRtcTraffic traffic() {
        return new WebRtcTraffic(
                sessions.get(),
                connecting.get(),
                tcp == null ? 0 : tcp.connections(),
                tcp == null ? 0 : tcp.refused(),
                tcp == null ? 0 : tcp.failed(),
                counters.stunRejected().sum(),
                counters.strayPackets().sum(),
                counters.unsent().sum(),
                counters.overflowed().sum(),
                counters.handshakesFailed().sum());
    }

    /// Ends every session, waits for them, and closes the ports.
    @Override
    public void close() {
        closed = true;
        List<PeerSession> all = table.all();
        var end = new StreamEnd(StreamEnd.Reason.STOPPED, "the server is shutting down");
        all.forEach(session -> session.close(end));
        try {
            for (PeerSession session : all) {
                session.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (tcp != null) {
            tcp.close();
        }
        udp.close();
    }

    private interface Agreeing {
        Agreement with(Offer offer) throws Negotiation.NothingInCommon;
    }

    private interface Serving {
        PeerMedia by(Agreement agreement);
    }

    private WebRtcAnswer answer(String offer, Agreeing agreeing, Serving serving) {
        if (closed) {
            return refused(WebRtcAnswer.Reason.CLOSED, "the server is shutting down");
        }
        if (offer.length() > Offer.MAX_CHARACTERS) {
            return refused(
                    WebRtcAnswer.Reason.OFFER_TOO_LARGE,
                    "an offer of %d characters".formatted(offer.length()));
        }
        Agreement agreement;
        try {
            agreement = agreeing.with(Offer.parse(offer));
        } catch (Offer.Malformed e) {
            return refused(WebRtcAnswer.Reason.MALFORMED_OFFER, e.getMessage());
        } catch (Negotiation.NothingInCommon e) {
            return refused(WebRtcAnswer.Reason.NO_COMMON_CODEC, e.getMessage());
        }
        if (!enter()) {
            return refused(
                    WebRtcAnswer.Reason.TOO_MANY_SESSIONS,
                    "%d sessions, %d of them connecting: no more are allowed"
                            .formatted(sessions.get(), connecting.get()));
        }
        return open(agreement, serving.by(agreement));
    }

    private static WebRtcAnswer refused(WebRtcAnswer.Reason reason, @Nullable String detail) {
        return new WebRtcAnswer.Refused(reason, detail == null ? reason.name() : detail);
    }

    private boolean enter() {
        if (sessions.incrementAndGet() > settings.maxSessions()) {
            sessions.decrementAndGet();
            return false;
        }
        if (connecting.incrementAndGet() > settings.maxConnecting()) {
            connecting.decrementAndGet();
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    private WebRtcAnswer open(Agreement agreement, PeerMedia media) {
        var place = new Place();
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        var session =
                new PeerSession(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                        IceCredentials.random(random),
                        agreement.offer().fingerprints(),
                        media,
                        new PeerSession.Surroundings(
                                settings,
                                identity,
                                table,
                                counters,
                                handshakes,
                                place::connected,
                                place::ended));
        String sdp =
                AnswerText.write(
                        agreement, session.credentials(), identity.fingerprint(), candidates());
        table.add(session);
        session.start();
        if (closed) { // it may have been missed by close()
            session.close(new StreamEnd(StreamEnd.Reason.STOPPED, "the server is shutting down"));
        }
        return new WebRtcAnswer.Accepted(sdp, session, agreement.facts());
    }

    /// What a session counts for. Used by the session's thread.
    private final class Place {
        private boolean counted = true; // as one that connects

        void connected() {
            if (counted) {
                counted = false;
                connecting.decrementAndGet();
            }
        }

        void ended() {
            connected();
            sessions.decrementAndGet();
        }
    }

    /// What peers are told from now on, besides the hosts of the settings.
    public void announceAlso(List<AnnouncedHost> hosts) {
        alsoAnnounced = List.copyOf(hosts);
    }

    private List<HostCandidate> candidates() {
        var candidates = new ArrayList<HostCandidate>();
        int udpPort = port(udp);
        int tcpPort = tcp == null ? 0 : tcp.address().getPort();
        var hosts = new ArrayList<>(settings.hosts().isEmpty() ? own() : settings.hosts());
        hosts.addAll(alsoAnnounced);
        for (AnnouncedHost host : hosts) {
            for (InetAddress address : resolve(host.name())) {
                int port = host.udpPort() == 0 ? udpPort : host.udpPort();
                candidates.add(new HostCandidate(address, port, false));
            }
        }
        int udpCandidates = candidates.size();
        for (AnnouncedHost host : tcp == null ? List.<AnnouncedHost>of() : hosts) {
            for (InetAddress address : resolve(host.name())) {
                int port = host.tcpPort() == 0 ? tcpPort : host.tcpPort();
                candidates.add(new HostCandidate(address, port, true));
            }
        }
        if (udpCandidates > MAX_CANDIDATES) {
            candidates.subList(MAX_CANDIDATES, udpCandidates).clear();
        }
        return candidates.subList(0, Math.min(2 * MAX_CANDIDATES, candidates.size()));
    }

    private static int port(UdpPort udp) {
        try {
            return udp.address().getPort();
        } catch (IOException _) {
            return 0; // closed a moment ago: the session will not connect
        }
    }

    private static List<InetAddress> resolve(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException _) {
            return List.of(); // a DDNS name that is gone for now; the others may do
        }
    }

    /// The addresses of this machine that a peer may know: of all its interfaces, or the one that
    /// is listened on.
    private List<AnnouncedHost> own() {
        InetAddress bound = settings.udp().getAddress();
        if (!bound.isAnyLocalAddress()) {
            return List.of(AnnouncedHost.of(bound.getHostAddress()));
        }
        Set<String> names = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(WebRtcServer::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .sorted((a, b) -> Boolean.compare(isV6(a), isV6(b)))
                    .forEach(address -> names.add(address.getHostAddress()));
        } catch (IOException _) {
            // then there is the loopback address
        }
        if (names.isEmpty()) {
            names.add(InetAddress.getLoopbackAddress().getHostAddress());
        }
        return names.stream().map(AnnouncedHost::of).toList();
    }

    private static boolean isV6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (IOException _) {
            return false;
        }
    }
}
