package id.pantau.media.rtsp;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/// The two UDP sockets of one media track: RTP on an even port, RTCP on the next (RFC 3550 §11).
final class UdpPorts implements Closeable {
    private static final int TRIES = 32;

    /// One key frame of a 4K camera arrives faster than any thread wakes up; the kernel may give
    /// less.
    private static final int RECEIVE_BUFFER_BYTES = 2 << 20;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;

    private final RtspTransport.Pair numbers;

    private UdpPorts(DatagramChannel rtp, DatagramChannel rtcp, int rtpPort) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.numbers = new RtspTransport.Pair(rtpPort, rtpPort + 1);
    }

    /// Two neighbouring ports the system has free; both non-blocking.
    static UdpPorts open() throws IOException {
        BindException last = new BindException("no two neighbouring UDP ports are free");
        for (int i = 0; i < TRIES; i++) {
            DatagramChannel first = bind(0);
            int port = port(first);
            try {
                DatagramChannel second = bind(port % 2 == 0 ? port + 1 : port - 1);
                return port % 2 == 0
                        ? new UdpPorts(first, second, port)
                        : new UdpPorts(second, first, port - 1);
            } catch (BindException e) {
                first.close();
                last = e;
            }
        }
        throw last;
    }

    private static DatagramChannel bind(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    RtspTransport.Pair numbers() {
        return numbers;
    }

    DatagramChannel rtp() {
        return rtp;
    }

    DatagramChannel rtcp() {
        return rtcp;
    }

    @Override
    public void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException _) {
            // nothing is kept that could be lost
        }
    }
}
