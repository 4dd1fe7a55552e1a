package id.pantau.media.rtmp;

import id.pantau.media.flv.FlvStreams;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.net.PendingConnections;
import id.pantau.media.net.PendingConnections.Pending;
import id.pantau.media.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes streams from RTMP publishers and plays streams to RTMP players, on one port in the clear
/// and on another by TLS (RTMPS). However many play one stream, its chunks are made once; a player
/// that is too slow loses GOPs and nobody else notices. A virtual thread per connection, another
/// one per stream that is played, and one platform thread for players that have to be waited for.
public final class RtmpServer implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final RtmpServerSettings settings;
    private final RtmpCatalog catalog;
    private final RtmpAccess access;
    private final PublishPoints publishPoints;
    private final FlvStreams streams;
    private final ServerSocketChannel listener;
    private final @Nullable ServerSocketChannel tlsListener;
    private final Readiness readiness;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rtmp-", 0).factory());
    private final Set<RtmpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final LongAdder droppedByGone = new LongAdder();
    private final LongAdder sentByGone = new LongAdder();
    private final LongAdder malformedByGone = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();
    private final PendingConnections pending;
    private final LongAdder refusedRequests = new LongAdder();
    private volatile boolean closed;

    /// What the server is doing.
    ///
    /// @param connections open now
    /// @param publishers of them
    /// @param players of them
    /// @param droppedTags audio frames and pictures that slow players lost, since the start
    /// @param malformedTags that publishers sent, since the start
    /// @param sentBytes to all, since the start
    /// @param refusedConnections beyond the allowed number in all or of one address, since the
    ///   start
    /// @param failedConnections cut off before they published or played, since the start
    /// @param refusedRequests to publish or play, since the start
    public record Figures(
            int connections,
            int publishers,
            int players,
            long droppedTags,
            long malformedTags,
            long sentBytes,
            long refusedConnections,
            long failedConnections,
            long refusedRequests) {}

    private RtmpServer(
            RtmpServerSettings settings,
            RtmpCatalog catalog,
            RtmpAccess access,
            PublishPoints publishPoints,
            FlvStreams streams)
            throws IOException {
        this.settings = settings;
        this.catalog = catalog;
        this.access = access;
        this.publishPoints = publishPoints;
        this.streams = streams;
        this.pending = new PendingConnections("RTMP", settings.pending());
        this.listener = listen(settings.address());
        try {
            RtmpServerSettings.Tls tls = settings.tls().orElse(null);
            this.tlsListener = tls == null ? null : listen(tls.address());
            this.readiness = new Readiness();
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    /// Listens when this returns.
    ///
    /// @param streams shared with whoever else plays FLV; stays the caller's
    public static RtmpServer start(
            RtmpServerSettings settings,
            RtmpCatalog catalog,
            RtmpAccess access,
            PublishPoints publishPoints,
            FlvStreams streams)
            throws IOException {
        var server = new RtmpServer(settings, catalog, access, publishPoints, streams);
        server.threads.execute(() -> server.acceptAll(server.listener, null));
        ServerSocketChannel tls = server.tlsListener;
        if (tls != null) {
            var context = settings.tls().orElseThrow();
            server.threads.execute(() -> server.acceptAll(tls, context));
        }
        server.threads.execute(server::watch);
        return server;
    }

    private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on %s".formatted(address), e);
        }
    }

    public int port() {
        return port(listener);
    }

    /// Empty where RTMPS is not served.
    public Optional<Integer> tlsPort() {
        return Optional.ofNullable(tlsListener).map(RtmpServer::port);
    }

    private static int port(ServerSocketChannel listener) {
        try {
            return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new IllegalStateException("the server is closed", e);
        }
    }

    public Figures figures() {
        long dropped = droppedByGone.sum();
        long sent = sentByGone.sum();
        long malformed = malformedByGone.sum();
        int publishers = 0;
        int players = 0;
        for (RtmpConnection connection : connections) {
            dropped += connection.dropped();
            sent += connection.sentBytes();
            malformed += connection.malformed();
            publishers += connection.isPublishing() ? 1 : 0;
            players += connection.isPlaying() ? 1 : 0;
        }
        return new Figures(
                connections.size(),
                publishers,
                players,
                dropped,
                malformed,
                sent,
                refusedConnections.sum() + pending.refused(),
                pending.failed(),
                refusedRequests.sum());
    }

    /// Cuts everybody off.
    public void dropConnections() {
        connections.forEach(RtmpConnection::close);
    }

    /// Where those come from who are connected now.
    public Set<InetSocketAddress> peers() {
        return connections.stream().map(RtmpConnection::peer).collect(Collectors.toSet());
    }

    /// Cuts one peer off; nobody when it is gone already.
    public void disconnect(InetSocketAddress peer) {
        for (RtmpConnection connection : connections) {
            if (connection.peer().equals(peer)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        if (tlsListener != null) {
            closeQuietly(tlsListener);
        }
        dropConnections();
        threads.shutdownNow();
        threads.close();
        readiness.close();
    }

    private static void closeQuietly(ServerSocketChannel listener) {
        try {
            listener.close();
        } catch (IOException _) {
            // gone already
        }
    }

    private void acceptAll(ServerSocketChannel from, RtmpServerSettings.@Nullable Tls tls) {
        while (!closed) {
            try {
                SocketChannel channel = from.accept();
                if (open.incrementAndGet() > settings.maxConnections()) {
                    open.decrementAndGet();
                    refusedConnections.increment();
                    channel.close();
                } else {
                    accept(channel, tls);
                }
            } catch (IOException _) {
                if (!from.isOpen()) {
                    return;
                }
            }
        }
    }

    /// @param channel counted as open: [#gone] takes it off
    private void accept(SocketChannel channel, RtmpServerSettings.@Nullable Tls tls)
            throws IOException {
        Pending place = null;
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            var peer = (InetSocketAddress) channel.getRemoteAddress();
            place = pending.admit(peer.getAddress());
            if (place == null) { // before its handshake RTMP has no word for it
                open.decrementAndGet();
                channel.close();
                return;
            }
            RtmpWire wire =
                    tls == null
                            ? new PlainWire(channel, readiness)
                            : encrypted(channel.socket(), tls);
            var connection = new RtmpConnection(this, wire, peer, tls != null, place);
            connections.add(connection);
            threads.execute(connection::run);
            if (closed) {
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            open.decrementAndGet();
            if (place != null) {
                place.settle();
            }
            channel.close();
            throw e;
        }
    }

    private static RtmpWire encrypted(Socket raw, RtmpServerSettings.Tls tls) throws IOException {
        return new TlsWire(raw, ServerTls.over(raw, tls.context().get()));
    }

    /// Lets peers go that do not begin, send nothing, take nothing, or lost their stream.
    private void watch() {
        long shortest = Math.min(settings.beginWithin().toMillis(), settings.silence().toMillis());
        long pauseMillis = Math.clamp(shortest / 4, 20, 1000);
        try {
            while (!closed) {
                Thread.sleep(pauseMillis);
                connections.forEach(RtmpConnection::closeIfLifeless);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void gone(RtmpConnection connection) {
        if (connections.remove(connection)) {
            open.decrementAndGet();
            droppedByGone.add(connection.dropped());
            sentByGone.add(connection.sentBytes());
            malformedByGone.add(connection.malformed());
        }
    }

    void refused() {
        refusedRequests.increment();
    }

    RtmpServerSettings settings() {
        return settings;
    }

    RtmpCatalog catalog() {
        return catalog;
    }

    RtmpAccess access() {
        return access;
    }

    PublishPoints publishPoints() {
        return publishPoints;
    }

    FlvStreams streams() {
        return streams;
    }

    ExecutorService threads() {
        return threads;
    }

    SecureRandom random() {
        return random;
    }

    boolean isClosed() {
        return closed;
    }
}
