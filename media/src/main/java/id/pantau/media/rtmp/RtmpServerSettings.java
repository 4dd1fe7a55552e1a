package id.pantau.media.rtmp;

import id.pantau.media.net.PendingLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// How an [RtmpServer] behaves.
///
/// @param address to listen on; port 0 for any free one
/// @param tls where RTMPS is served, too
/// @param application the first part of every path: `live`
/// @param maxConnections of both ports together; more are refused
/// @param beginWithin so long a client may take for TLS and handshake, and as long once more until
///   it publishes or plays
/// @param silence after which a publisher that sends nothing is let go
/// @param queueBytes how much may wait for one player before it loses GOPs
/// @param messageBytes longest message that is taken
/// @param pending how many connections that neither publish nor play yet one address may have
public record RtmpServerSettings(
        InetSocketAddress address,
        Optional<Tls> tls,
        String application,
        int maxConnections,
        Duration beginWithin,
        Duration silence,
        int queueBytes,
        int messageBytes,
        PendingLimits pending) {
    /// @param address to listen on; port 0 for any free one
    /// @param context asked anew for every connection, so that a new certificate counts at once
    public record Tls(InetSocketAddress address, Supplier<SSLContext> context) {}

    /// Every address of the machine.
    public static RtmpServerSettings onPort(int port) {
        return at(new InetSocketAddress(port));
    }

    /// This machine only, on any free port.
    public static RtmpServerSettings loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static RtmpServerSettings at(InetSocketAddress address) {
        return new RtmpServerSettings(
                address,
                Optional.empty(),
                "live",
                1000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                4 << 20,
                8 << 20,
                PendingLimits.DEFAULT);
    }

    public RtmpServerSettings withTls(Tls next) {
        return new RtmpServerSettings(
                address,
                Optional.of(next),
                application,
                maxConnections,
                beginWithin,
                silence,
                queueBytes,
                messageBytes,
                pending);
    }

    public RtmpServerSettings withTimes(Duration begin, Duration silent) {
        return new RtmpServerSettings(
                address,
                tls,
                application,
                maxConnections,
                begin,
                silent,
                queueBytes,
                messageBytes,
                pending);
    }

    public RtmpServerSettings withMaxConnections(int most) {
        return new RtmpServerSettings(
                address,
                tls,
                application,
                most,
                beginWithin,
                silence,
                queueBytes,
                messageBytes,
                pending);
    }

    public RtmpServerSettings withQueueBytes(int bytes) {
        return new RtmpServerSettings(
                address,
                tls,
                application,
                maxConnections,
                beginWithin,
                silence,
                bytes,
                messageBytes,
                pending);
    }

    public RtmpServerSettings withPending(PendingLimits limits) {
        return new RtmpServerSettings(
                address,
                tls,
                application,
                maxConnections,
                beginWithin,
                silence,
                queueBytes,
                messageBytes,
                limits);
    }
}
