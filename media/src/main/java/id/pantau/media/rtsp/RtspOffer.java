package id.pantau.media.rtsp;

import id.pantau.media.hub.PublishPoints;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What an [RtspServer] has for its clients.
///
/// @param access who may play
/// @param publishPoints who may publish; null when nobody may
/// @param tls where and how RTSPS is spoken besides; null for RTSP alone
public record RtspOffer(
        RtspCatalog catalog,
        RtspAccess access,
        @Nullable PublishPoints publishPoints,
        @Nullable Tls tls) {
    /// A listener for RTSPS. Media goes inside the connection only: UDP would leave the tunnel.
    ///
    /// @param address to listen on; port 0 for any free one
    /// @param context with the server's key and certificate; asked anew for every connection, so
    ///   that a new certificate counts at once
    public record Tls(InetSocketAddress address, Supplier<SSLContext> context) {}

    /// Playing, without TLS.
    public static RtspOffer of(RtspCatalog catalog, RtspAccess access) {
        return new RtspOffer(catalog, access, null, null);
    }

    public RtspOffer withPublishPoints(PublishPoints points) {
        return new RtspOffer(catalog, access, points, tls);
    }

    public RtspOffer withTls(Tls listener) {
        return new RtspOffer(catalog, access, publishPoints, listener);
    }
}
