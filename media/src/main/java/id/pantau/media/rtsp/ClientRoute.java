package id.pantau.media.rtsp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/// How one media track reaches one client.
sealed interface ClientRoute extends AutoCloseable {
    @Override
    void close();

    /// Inside the RTSP connection.
    record Interleaved(int rtpChannel, int rtcpChannel) implements ClientRoute {
        boolean isUsual(int track) {
            return rtpChannel == 2 * track && rtcpChannel == 2 * track + 1;
        }

        @Override
        public void close() {}
    }

    /// From a pair of ports of ours to a pair of the client's.
    record Udp(DatagramChannel rtp, DatagramChannel rtcp) implements ClientRoute {
        private static final int ATTEMPTS = 50;
        private static final int SEND_BUFFER_BYTES = 1 << 20;

        /// Binds an even port and the odd one above (RFC 3550 §11).
        static Udp open(InetAddress local, InetAddress client, RtspTransport.Pair ports)
                throws IOException {
            IOException last = new IOException("no free pair of UDP ports");
            for (int i = 0; i < ATTEMPTS; i++) {
                try {
                    return tryOpen(local, client, ports);
                } catch (IOException e) {
                    last = e;
                }
            }
            throw last;
        }

        private static Udp tryOpen(InetAddress local, InetAddress client, RtspTransport.Pair ports)
                throws IOException {
            DatagramChannel first = bound(local, 0);
            DatagramChannel second = first;
            try {
                int port = port(first);
                second = bound(local, port % 2 == 0 ? port + 1 : port - 1);
                DatagramChannel even = port % 2 == 0 ? first : second;
                DatagramChannel odd = port % 2 == 0 ? second : first;
                even.connect(new InetSocketAddress(client, ports.rtp()));
                odd.connect(new InetSocketAddress(client, ports.rtcp()));
                odd.configureBlocking(false);
                return new Udp(even, odd);
            } catch (IOException e) {
                first.close();
                second.close();
                throw e;
            }
        }

        private static DatagramChannel bound(InetAddress local, int port) throws IOException {
            var family =
                    local instanceof java.net.Inet6Address
                            ? StandardProtocolFamily.INET6
                            : StandardProtocolFamily.INET;
            DatagramChannel channel = DatagramChannel.open(family);
            try {
                channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
                return channel.bind(new InetSocketAddress(local, port));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        private static int port(DatagramChannel channel) throws IOException {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }

        RtspTransport.Pair serverPorts() throws IOException {
            return new RtspTransport.Pair(port(rtp), port(rtcp));
        }

        /// Whether the client sent a receiver report since the last time. Never blocks.
        boolean heardOf() {
            ByteBuffer buffer = ByteBuffer.allocate(1500);
            boolean heard = false;
            try {
                while (rtcp.read(buffer) > 0) {
                    heard = true;
                    buffer.clear();
                }
            } catch (IOException _) {
                // port unreachable: the client's RTSP connection tells the same soon
            }
            return heard;
        }

        void send(boolean report, List<ByteBuffer> packets) {
            for (ByteBuffer packet : packets) {
                try {
                    int unused = (report ? rtcp : rtp).write(packet);
                } catch (IOException _) {
                    return; // lost like any datagram; a client that is gone is found out by TCP
                }
            }
        }

        @Override
        public void close() {
            try (rtp;
                    rtcp) {
                // closed by leaving
            } catch (IOException _) {
                // nothing is left to save
            }
        }
    }
}
