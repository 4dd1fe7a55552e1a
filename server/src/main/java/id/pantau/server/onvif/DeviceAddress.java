package id.pantau.server.onvif;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Where a device's device-management service is (ONVIF Core §5.10: `/onvif/device_service` unless
/// the device says otherwise).
///
/// @param tls whether it is HTTPS
/// @param host name or address, IPv6 without brackets
/// @param path with its leading slash, a query included
public record DeviceAddress(boolean tls, String host, int port, String path) {
    static final String DEFAULT_PATH = "/onvif/device_service";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LONGEST = 500;

    /// @param text `192.168.1.10`, `cam.lan:8080` or `http://192.168.1.10/onvif/device_service`
    /// @return empty when it is none of these, or holds a user name
    public static Optional<DeviceAddress> parse(String text) {
        String stripped = text.strip();
        String url = stripped.contains("://") ? stripped : "http://" + stripped;
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return of(new URI(url));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static Optional<DeviceAddress> of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        String host = uri.getHost();
        if (!tls && !scheme.equals("http") || host == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        if (path == null || path.isEmpty() || path.equals("/")) {
            path = DEFAULT_PATH;
        }
        return port > 0xffff
                ? Optional.empty()
                : Optional.of(
                        new DeviceAddress(
                                tls, bare(host), port, query == null ? path : path + '?' + query));
    }

    /// The same device, another service.
    DeviceAddress withPath(String otherPath) {
        return new DeviceAddress(tls, host, port, otherPath);
    }

    /// `192.168.1.10:8080`, as in a Host header and in sentences.
    public String authority() {
        return bracketed(host) + ':' + port;
    }

    /// The whole URL; the default port is left out.
    public String url() {
        boolean usual = port == (tls ? HTTPS_PORT : HTTP_PORT);
        return (tls ? "https://" : "http://") + (usual ? bracketed(host) : authority()) + path;
    }

    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    static String bracketed(String host) {
        return host.contains(":") ? '[' + host + ']' : host;
    }

    @Override
    public String toString() {
        return url();
    }
}
