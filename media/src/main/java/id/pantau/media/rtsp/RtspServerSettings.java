package id.pantau.media.rtsp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// How an [RtspServer] behaves.
///
/// @param address to listen on; port 0 for any free one
/// @param sessionTimeout after which a client that gives no sign of life is let go
/// @param maxConnections more are refused
/// @param udp whether media may go by UDP, too
/// @param queueBytes how much may wait for one client before it loses GOPs
public record RtspServerSettings(
        InetSocketAddress address,
        Duration sessionTimeout,
        int maxConnections,
        boolean udp,
        int queueBytes) {
    /// Every address of the machine.
    public static RtspServerSettings onPort(int port) {
        return at(new InetSocketAddress(port));
    }

    /// This machine only, on any free port.
    public static RtspServerSettings loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static RtspServerSettings at(InetSocketAddress address) {
        return new RtspServerSettings(address, Duration.ofSeconds(60), 1000, true, 4 << 20);
    }

    public RtspServerSettings withPort(int port) {
        var moved = new InetSocketAddress(address.getAddress(), port);
        return new RtspServerSettings(moved, sessionTimeout, maxConnections, udp, queueBytes);
    }

    public RtspServerSettings withSessionTimeout(Duration timeout) {
        return new RtspServerSettings(address, timeout, maxConnections, udp, queueBytes);
    }

    public RtspServerSettings withoutUdp() {
        return new RtspServerSettings(address, sessionTimeout, maxConnections, false, queueBytes);
    }

    public RtspServerSettings withQueueBytes(int bytes) {
        return new RtspServerSettings(address, sessionTimeout, maxConnections, udp, bytes);
    }
}
