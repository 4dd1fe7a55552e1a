package id.pantau.media.webrtc;

import id.pantau.media.net.PendingLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a [WebRtcServer] behaves.
///
/// @param udp the one UDP port of all sessions; port 0 for any free one
/// @param tcp where peers come whose network lets no UDP through (RFC 6544); null for nowhere
/// @param hosts what is announced to peers; empty for the addresses of this machine
/// @param maxSessions more are refused
/// @param maxConnecting so many of them may not have connected yet
/// @param connectWithin a session that is not connected after this is let go
/// @param consentTimeout a peer not heard for so long is gone (RFC 7675 §5.1: 30 s)
/// @param pending how many TCP connections that passed no check yet one address may have
public record WebRtcSettings(
        InetSocketAddress udp,
        @Nullable InetSocketAddress tcp,
        List<AnnouncedHost> hosts,
        int maxSessions,
        int maxConnecting,
        Duration connectWithin,
        Duration consentTimeout,
        PendingLimits pending) {
    public WebRtcSettings {
        hosts = List.copyOf(hosts);
    }

    /// Every address of the machine, UDP and TCP on the same port number.
    public static WebRtcSettings onPort(int port) {
        return at(new InetSocketAddress(port)).withTcp(new InetSocketAddress(port));
    }

    /// This machine only, on any free port, without TCP.
    public static WebRtcSettings loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static WebRtcSettings at(InetSocketAddress udp) {
        return new WebRtcSettings(
                udp,
                null,
                List.of(),
                1000,
                200,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                PendingLimits.DEFAULT);
    }

    public WebRtcSettings withTcp(@Nullable InetSocketAddress address) {
        return new WebRtcSettings(
                udp,
                address,
                hosts,
                maxSessions,
                maxConnecting,
                connectWithin,
                consentTimeout,
                pending);
    }

    public WebRtcSettings withHosts(List<AnnouncedHost> announced) {
        return new WebRtcSettings(
                udp,
                tcp,
                announced,
                maxSessions,
                maxConnecting,
                connectWithin,
                consentTimeout,
                pending);
    }

    public WebRtcSettings withLimits(int sessions, int connecting) {
        return new WebRtcSettings(
                udp, tcp, hosts, sessions, connecting, connectWithin, consentTimeout, pending);
    }

    public WebRtcSettings withTimeouts(Duration connect, Duration consent) {
        return new WebRtcSettings(
                udp, tcp, hosts, maxSessions, maxConnecting, connect, consent, pending);
    }

    public WebRtcSettings withPending(PendingLimits limits) {
        return new WebRtcSettings(
                udp, tcp, hosts, maxSessions, maxConnecting, connectWithin, consentTimeout, limits);
    }
}
