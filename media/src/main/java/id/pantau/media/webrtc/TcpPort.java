package id.pantau.media.webrtc;

import id.pantau.media.net.PendingConnections;
import id.pantau.media.net.PendingConnections.Pending;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passive TCP candidates (RFC 6544) for peers whose network lets no UDP through: packets behind
/// their length in two bytes (RFC 4571). One virtual thread per connection.
final class TcpPort implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TcpPort.class.getName());
    private static final int LONGEST_PACKET = 2048;

    /// A connection that shows no valid check by then is closed.
    private static final Duration FIRST_CHECK_WITHIN = Duration.ofSeconds(5);

    private final ServerSocket server;
    private final SessionTable sessions;
    private final TrafficCounters counters;
    private final int maxConnections;
    private final Duration silence;
    private final PendingConnections pending;
    private final LongAdder refused = new LongAdder();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private TcpPort(
            ServerSocket server,
            SessionTable sessions,
            TrafficCounters counters,
            WebRtcSettings settings) {
        this.server = server;
        this.sessions = sessions;
        this.counters = counters;
        this.maxConnections = 2 * settings.maxSessions();
        this.silence = settings.consentTimeout();
        this.pending = new PendingConnections("WebRTC TCP", settings.pending());
        this.acceptor = Thread.ofVirtual().name("webrtc-tcp").unstarted(this::acceptAll);
    }

    static TcpPort open(
            InetSocketAddress address,
            SessionTable sessions,
            TrafficCounters counters,
            WebRtcSettings settings)
            throws IOException {
        var port =
                new TcpPort(
                        new ServerSocket(address.getPort(), 512, address.getAddress()),
                        sessions,
                        counters,
                        settings);
        port.acceptor.start();
        return port;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    int connections() {
        return connections.size();
    }

    /// Beyond the allowed number in all or of one address, since the start.
    long refused() {
        return refused.sum() + pending.refused();
    }

    /// Cut off before they passed a check, since the start.
    long failed() {
        return pending.failed();
    }

    @Override
    public void close() {
        closeQuietly(server);
        try {
            acceptor.join();
            for (Connection connection : connections) {
                closeQuietly(connection.socket);
                connection.thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= maxConnections) {
                    refused.increment();
                    socket.close();
                    continue;
                }
                Pending place = pending.admit(socket.getInetAddress());
                if (place == null) {
                    socket.close();
                    continue;
                }
                accept(socket, place);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.log(System.Logger.Level.WARNING, "a TCP peer could not be accepted", e);
                }
            }
        }
    }

    private void accept(Socket socket, Pending place) throws IOException {
        Connection connection;
        try {
            connection = new Connection(socket, place);
        } catch (IOException e) {
            place.settle();
            socket.close();
            throw e;
        }
        connections.add(connection);
        connection.thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception _) {
            // it is gone either way
        }
    }

    private final class Connection implements PeerPath {
        private final Socket socket;
        private final Pending place;
        private final TcpInput input;
        private final OutputStream output;
        private final Thread thread;

        /// Held while one frame is written: two threads send, and the halves of two frames must not
        /// mix.
        private final ReentrantLock writing = new ReentrantLock();

        private byte[] frame = new byte[2 + LONGEST_PACKET];
        private @Nullable PeerSession session;

        /// @param place until the peer has passed a check
        Connection(Socket socket, Pending place) throws IOException {
            this.socket = socket;
            this.place = place;
            socket.setTcpNoDelay(true);
            this.input = new TcpInput(socket, FIRST_CHECK_WITHIN);
            this.output = socket.getOutputStream();
            this.thread = Thread.ofVirtual().name("webrtc-tcp-peer").unstarted(this::receive);
        }

        private void receive() {
            try (socket) {
                var packets = new DataInputStream(new BufferedInputStream(input));
                var stun = new StunResponder(sessions, counters);
                byte[] packet = new byte[LONGEST_PACKET];
                while (true) {
                    int length = packets.readUnsignedShort();
                    if (length == 0 || length > LONGEST_PACKET) {
                        counters.strayPackets().increment();
                        return;
                    }
                    packets.readFully(packet, 0, length);
                    if (!accept(ByteBuffer.wrap(packet, 0, length), stun)) {
                        return;
                    }
                }
            } catch (SocketTimeoutException _) {
                place.failed("it passed no check in time");
            } catch (IOException _) {
                // it went away
            } finally {
                connections.remove(this);
                place.settle();
                PeerSession known = session;
                if (known != null) {
                    known.lost(this);
                }
            }
        }

        /// @return false when the connection is to be closed
        private boolean accept(ByteBuffer packet, StunResponder stun) throws IOException {
            if ((packet.get(0) & 0xff) >= 4) {
                if (session != null) {
                    session.offer(packet);
                    return true;
                }
                counters.strayPackets().increment();
                return false;
            }
            PeerSession checked = stun.accept(packet, this);
            if (checked == null) {
                return session != null;
            }
            if (session == null) {
                session = checked;
                place.settle();
                input.settle(silence);
            }
            return session == checked;
        }

        @Override
        public InetSocketAddress remote() {
            return (InetSocketAddress) socket.getRemoteSocketAddress();
        }

        @Override
        public void send(ByteBuffer packet) throws IOException {
            int length = packet.remaining();
            writing.lock();
            try {
                if (frame.length < 2 + length) {
                    frame = new byte[2 + length];
                }
                frame[0] = (byte) (length >>> 8);
                frame[1] = (byte) length;
                packet.get(frame, 2, length);
                output.write(frame, 0, 2 + length);
            } finally {
                writing.unlock();
            }
        }

        @Override
        public String describe() {
            InetSocketAddress remote = remote();
            return "TCP %s:%d".formatted(remote.getAddress().getHostAddress(), remote.getPort());
        }
    }
}
