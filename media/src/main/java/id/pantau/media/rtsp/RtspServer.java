package id.pantau.media.rtsp;

import id.pantau.media.StreamFormat;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.net.PendingConnections;
import id.pantau.media.net.PendingConnections.Pending;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays streams to RTSP clients (RFC 2326) and takes what publishers push, inside the RTSP
/// connection, by UDP, or inside TLS. However many clients watch one stream, it is read and
/// packetised once; a client that is too slow loses GOPs and nobody else notices. Two virtual
/// threads per client, one per stream that is watched.
public final class RtspServer implements AutoCloseable {
    private static final Response TOO_MANY =
            Response.of(503, "Service Unavailable").with("Connection", "close");

    private final RtspServerSettings settings;
    private final RtspOffer offer;
    private final ServerSocketChannel listener;
    private final @Nullable ServerSocketChannel tlsListener;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rtsp-", 0).factory());
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object(); // guards runs
    private final Map<String, MountRun> runs = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final LongAdder droppedByGone = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final PendingConnections pending;
    private volatile boolean closed;

    /// What the server is doing.
    ///
    /// @param connections open now
    /// @param streams being read from their sources now
    /// @param droppedUnits access units that slow clients lost, since the start
    /// @param malformedUnits access units that could not be packetised, since the start
    /// @param refusedConnections beyond the allowed number in all or of one address, since the
    ///   start
    /// @param failedConnections cut off before they were allowed anything, since the start
    public record Figures(
            int connections,
            int streams,
            long droppedUnits,
            long malformedUnits,
            long refusedConnections,
            long failedConnections) {}

    private RtspServer(
            RtspServerSettings settings,
            RtspOffer offer,
            ServerSocketChannel listener,
            @Nullable ServerSocketChannel tlsListener) {
        this.settings = settings;
        this.offer = offer;
        this.listener = listener;
        this.tlsListener = tlsListener;
        this.pending = new PendingConnections("RTSP", settings.pending());
    }

    /// Listens when this returns.
    public static RtspServer start(
            RtspServerSettings settings, RtspCatalog catalog, RtspAccess access)
            throws IOException {
        return start(settings, RtspOffer.of(catalog, access));
    }

    /// Listens when this returns.
    public static RtspServer start(RtspServerSettings settings, RtspOffer offer)
            throws IOException {
        ServerSocketChannel listener = listen(settings.address());
        ServerSocketChannel tlsListener = null;
        RtspOffer.Tls tls = offer.tls();
        if (tls != null) {
            try {
                tlsListener = listen(tls.address());
            } catch (IOException e) {
                listener.close();
                throw e;
            }
        }
        var server = new RtspServer(settings, offer, listener, tlsListener);
        server.threads.execute(() -> server.acceptAll(listener, ServerChannel.Plain::new));
        if (tls != null && tlsListener != null) {
            ServerSocketChannel second = tlsListener;
            server.threads.execute(() ->
                    server.acceptAll(
                            second,
                            channel -> ServerChannel.Tls.over(channel, tls.context().get())));
        }
        server.threads.execute(server::watch);
        return server;
    }

    private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return listener.bind(address, 512);
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on %s".formatted(address), e);
        }
    }

    public int port() {
        return port(listener);
    }

    /// Of RTSPS.
    public int tlsPort() {
        if (tlsListener == null) {
            throw new IllegalStateException("the server speaks no TLS");
        }
        return port(tlsListener);
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
        for (ServerConnection connection : connections) {
            dropped += connection.dropped();
        }
        synchronized (lock) {
            return new Figures(
                    connections.size(),
                    runs.size(),
                    dropped,
                    malformed.sum(),
                    refused.sum() + pending.refused(),
                    pending.failed());
        }
    }

    /// Cuts every client off, as a camera does that reboots.
    public void dropConnections() {
        connections.forEach(ServerConnection::close);
    }

    /// Where those come from who are connected now.
    public Set<InetSocketAddress> peers() {
        return connections.stream().map(ServerConnection::peer).collect(Collectors.toSet());
    }

    /// Cuts one client off; nobody when it is gone already.
    public void disconnect(InetSocketAddress peer) {
        for (ServerConnection connection : connections) {
            if (connection.peer().equals(peer)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try (listener;
                tlsListener) {
            // closed by leaving
        } catch (IOException _) {
            // gone already
        }
        List<MountRun> ending;
        synchronized (lock) {
            ending = List.copyOf(runs.values());
        }
        dropConnections();
        threads.shutdownNow();
        threads.close();
        try {
            for (MountRun run : ending) {
                run.awaitEnd();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes a client's channel of its socket.
    private interface Opener {
        ServerChannel open(SocketChannel socket) throws IOException;
    }

    private void acceptAll(ServerSocketChannel from, Opener opener) {
        while (!closed) {
            try {
                admit(from.accept(), opener);
            } catch (IOException _) {
                if (!from.isOpen()) {
                    return;
                }
            }
        }
    }

    private void admit(SocketChannel socket, Opener opener) throws IOException {
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            ServerChannel channel = opener.open(socket);
            if (connections.size() >= settings.maxConnections()) {
                refused.increment();
                channel.refuse(TOO_MANY);
                return;
            }
            Pending place = pending.admit(channel.peer().getAddress());
            if (place == null) {
                channel.refuse(TOO_MANY);
                return;
            }
            accept(channel, place);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept(ServerChannel channel, Pending place) throws IOException {
        ServerConnection connection;
        try {
            connection = new ServerConnection(this, channel, place, nonce(), threads);
        } catch (IOException e) {
            place.settle();
            throw e;
        }
        connections.add(connection);
        threads.execute(connection::read);
        if (closed) {
            connection.close();
        }
    }

    private String nonce() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /// Lets clients go that give no sign of life or take nothing any more.
    private void watch() {
        long pauseMillis = Math.clamp(settings.sessionTimeout().toMillis() / 4, 20, 5000);
        try {
            while (!closed) {
                Thread.sleep(pauseMillis);
                for (ServerConnection connection : connections) {
                    connection.closeIfLifeless(settings.sessionTimeout());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void gone(ServerConnection connection) {
        if (connections.remove(connection)) {
            droppedByGone.add(connection.dropped());
        }
    }

    /// Joins the run of a stream, beginning one when there is none.
    ///
    /// @return the run, or null when the stream carries nothing that was described
    @Nullable MountRun join(
            String path, RtspSource source, StreamFormat described, MountRun.Listener client) {
        while (true) {
            MountRun run;
            synchronized (lock) {
                run = runs.get(path);
                if (run == null) {
                    StreamFormat format = source.format().orElse(null);
                    if (format == null) {
                        return null;
                    }
                    run = begin(path, source, format);
                }
            }
            if (MountRun.tracks(run.format()).size() != MountRun.tracks(described).size()) {
                return null;
            }
            if (run.join(client)) {
                run.start();
                return run;
            }
            forget(path, run); // over since we found it: begin another
        }
    }

    private MountRun begin(String path, RtspSource source, StreamFormat format) {
        var holder = new MountRun[1];
        var run =
                new MountRun(
                        path, source, format, random, malformed, () -> forget(path, holder[0]));
        holder[0] = run;
        runs.put(path, run);
        return run;
    }

    private void forget(String path, MountRun run) {
        synchronized (lock) {
            runs.remove(path, run);
        }
    }

    RtspServerSettings settings() {
        return settings;
    }

    RtspCatalog catalog() {
        return offer.catalog();
    }

    RtspAccess access() {
        return offer.access();
    }

    @Nullable PublishPoints publishPoints() {
        return offer.publishPoints();
    }

    boolean isClosed() {
        return closed;
    }

    String newSessionId() {
        return "%016x".formatted(random.nextLong());
    }
}
