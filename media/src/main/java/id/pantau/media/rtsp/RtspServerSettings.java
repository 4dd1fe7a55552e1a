package id.pantau.media.rtsp;

import id.pantau.media.net.PendingLimits;
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
/// @param pending how many connections that were not allowed anything yet one address may have
public record RtspServerSettings(
        InetSocketAddress address,
        Duration sessionTimeout,
        int maxConnections,
        boolean udp,
        int queueBytes,
        PendingLimits pending) {
    /// Every address of the machine.
    public static RtspServerSettings onPort(int port) {
        return at(new InetSocketAddress(port));
    }

    /// This machine only, on any free port.
    public static RtspServerSettings loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static RtspServerSettings at(InetSocketAddress address) {
        return new RtspServerSettings(
                address, Duration.ofSeconds(60), 1000, true, 4 << 20, PendingLimits.DEFAULT);
    }

    public RtspServerSettings withPort(int port) {
        var moved = new InetSocketAddress(address.getAddress(), port);
        return new RtspServerSettings(
                moved, sessionTimeout, maxConnections, udp, queueBytes, pending);
    }

    public RtspServerSettings withSessionTimeout(Duration timeout) {
        return new RtspServerSettings(address, timeout, maxConnections, udp, queueBytes, pending);
    }

    public RtspServerSettings withoutUdp() {
        return new RtspServerSettings(
                address, sessionTimeout, maxConnections, false, queueBytes, pending);
    }

    public RtspServerSettings withQueueBytes(int bytes) {
        return new RtspServerSettings(address, sessionTimeout, maxConnections, udp, bytes, pending);
    }

    public RtspServerSettings withPending(PendingLimits limits) {
        return new RtspServerSettings(
                address, sessionTimeout, maxConnections, udp, queueBytes, limits);
    }
}
