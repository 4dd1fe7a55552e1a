package id.pantau.media.rtmp;

import java.net.URI;
import java.util.Locale;

/// Where a stream is pushed to.
///
/// @param host name or address
/// @param tls whether by RTMPS
/// @param trust only of use with TLS
/// @param application everything of the path but its last part
/// @param name the last part of the path with the query: often secret, never shown
public record RtmpPushTarget(
        String host, int port, boolean tls, Trust trust, String application, String name) {
    private static final int DEFAULT_PORT = 1935;
    private static final int DEFAULT_TLS_PORT = 443;

    /// Whose certificate is accepted.
    public enum Trust {
        /// One for this host, signed by an authority that Java knows.
        AUTHORITIES,
        /// Any: keeps listeners out, and does not prove who it is.
        ANYBODY
    }

    /// @param url `rtmp://host/application/name` or `rtmps://…`
    /// @throws IllegalArgumentException with a sentence for people that holds nothing secret
    public static RtmpPushTarget of(URI url, Trust trust) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("rtmps");
        if (!tls && !scheme.equals("rtmp")) {
            throw new IllegalArgumentException("the address must begin with rtmp:// or rtmps://");
        }
        if (url.getHost() == null || url.getPort() > 65_535) {
            throw new IllegalArgumentException("the address has no valid host and port");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a login belongs into the query (?user=…&pass=…), as the server wants it");
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("^/+", "");
        int slash = path.lastIndexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw new IllegalArgumentException("the address needs an application and a name");
        }
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        int port = url.getPort() > 0 ? url.getPort() : tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        return new RtmpPushTarget(
                url.getHost(),
                port,
                tls,
                trust,
                path.substring(0, slash),
                path.substring(slash + 1) + query);
    }

    String tcUrl() {
        return "%s://%s:%d/%s".formatted(tls ? "rtmps" : "rtmp", host, port, application);
    }

    @Override
    public String toString() {
        return tcUrl() + "/***";
    }
}
