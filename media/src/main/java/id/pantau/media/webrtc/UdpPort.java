package id.pantau.media.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// The one UDP port: a thread that receives, tells the protocols apart (RFC 7983 §7) and hands each
/// packet to its session. Everything else a packet may cost happens on the session's thread.
///
/// The channel does not block: a session's thread that is interrupted while it sends would close a
/// blocking one, for all.
final class UdpPort implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UdpPort.class.getName());
    private static final int LONGEST_DATAGRAM = 2048;

    /// A viewer joins with a burst, and a hundred of them at once: what the kernel may hold.
    private static final int SOCKET_BYTES = 4 << 20;

    private final DatagramChannel channel;
    private final Selector selector;
    private final SessionTable sessions;
    private final TrafficCounters counters;
    private final StunResponder stun;
    private final Thread receiver;

    private UdpPort(
            DatagramChannel channel,
            Selector selector,
            SessionTable sessions,
            TrafficCounters counters) {
        this.channel = channel;
        this.selector = selector;
        this.sessions = sessions;
        this.counters = counters;
        this.stun = new StunResponder(sessions, counters);
        this.receiver = Thread.ofPlatform().name("webrtc-udp").daemon().unstarted(this::receive);
    }

    static UdpPort open(InetSocketAddress address, SessionTable sessions, TrafficCounters counters)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
            channel.bind(address);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            var port = new UdpPort(channel, selector, sessions, counters);
            port.receiver.start();
            return port;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.wakeup();
            receiver.join();
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the WebRTC port did not close", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        while (channel.isOpen()) {
            try {
                int unused = selector.select();
                selector.selectedKeys().clear();
                while (receive(buffer.clear())) {
                    // until there is no more for now
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                counters.strayPackets().increment(); // an ICMP error of a peer that is gone
            } catch (RuntimeException broken) {
                // A fault of ours must cost one packet, never the port.
                LOG.log(System.Logger.Level.ERROR, "a packet could not be read", broken);
            }
        }
    }

    private boolean receive(ByteBuffer buffer) throws IOException {
        var from = (InetSocketAddress) channel.receive(buffer);
        if (from != null && buffer.flip().hasRemaining()) {
            accept(buffer, from);
        }
        return from != null;
    }

    private void accept(ByteBuffer packet, InetSocketAddress from) throws IOException {
        int first = packet.get(0) & 0xff;
        PeerSession session = sessions.onPath(from);
        if (first < 4) {
            var path = new UdpPath(channel, from);
            PeerSession checked = stun.accept(packet, path);
            if (checked != null && checked != session) {
                sessions.addPath(from, checked);
            }
        } else if (session == null) {
            counters.strayPackets().increment();
        } else {
            session.offer(packet);
        }
    }

    /// Equal to every other way to the same address.
    private record UdpPath(DatagramChannel channel, InetSocketAddress remote) implements PeerPath {
        @Override
        public void send(ByteBuffer packet) throws IOException {
            if (channel.send(packet, remote) == 0) {
                throw new IOException("the socket's buffer is full");
            }
        }

        @Override
        public String describe() {
            return "UDP %s:%d".formatted(remote.getAddress().getHostAddress(), remote.getPort());
        }
    }
}
