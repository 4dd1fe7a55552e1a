package id.pantau.media.rtsp;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one media track travels between an [RtspServer] and a client, and what the client is told
/// about it.
record AgreedRoute(ClientRoute route, RtspTransport answer) {
    /// The first of a client's wishes that can be met; empty when none can. Media never leaves a
    /// TLS connection.
    ///
    /// @param wanted the Transport header
    /// @param track index of the media track, for channels when the client names none
    /// @param mode as in the answer; null for playing
    static Optional<AgreedRoute> find(
            String wanted, int track, ServerChannel channel, boolean udp, @Nullable String mode)
            throws IOException {
        for (RtspTransport offer : RtspTransport.parseAll(wanted)) {
            Optional<AgreedRoute> agreed =
                    offer.delivery() == RtspTransport.Delivery.MULTICAST
                            ? Optional.empty()
                            : agree(offer, track, channel, udp && !channel.isTunnel(), mode);
            if (agreed.isPresent()) {
                return agreed;
            }
        }
        return Optional.empty();
    }

    private static Optional<AgreedRoute> agree(
            RtspTransport offer,
            int track,
            ServerChannel channel,
            boolean udp,
            @Nullable String mode)
            throws IOException {
        if (offer.isInterleaved() && offer.protocol().startsWith("RTP/AVP")) {
            var pair = offer.interleaved();
            pair = pair == null ? new RtspTransport.Pair(2 * track, 2 * track + 1) : pair;
            if (pair.rtp() > 255 || pair.rtcp() > 255) {
                return Optional.empty();
            }
            return Optional.of(
                    new AgreedRoute(
                            new ClientRoute.Interleaved(pair.rtp(), pair.rtcp()),
                            transport("RTP/AVP/TCP", pair, null, null, mode)));
        }
        var ports = offer.clientPort();
        if (!offer.protocol().equals("RTP/AVP") || ports == null || !udp) {
            return Optional.empty();
        }
        var route = ClientRoute.Udp.open(channel.local(), channel.peer().getAddress(), ports);
        return Optional.of(
                new AgreedRoute(
                        route, transport("RTP/AVP", null, ports, route.serverPorts(), mode)));
    }

    private static RtspTransport transport(
            String protocol,
            RtspTransport.@Nullable Pair interleaved,
            RtspTransport.@Nullable Pair client,
            RtspTransport.@Nullable Pair serverPorts,
            @Nullable String mode) {
        return new RtspTransport(
                protocol,
                RtspTransport.Delivery.UNICAST,
                null,
                null,
                interleaved,
                null,
                client,
                serverPorts,
                null,
                null,
                mode);
    }
}
