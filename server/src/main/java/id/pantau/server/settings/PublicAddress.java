package id.pantau.server.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Under which name and ports this server is reached from outside its network: what a DDNS service
/// and the router in front of it make of it. Shown in links and announced to browsers; nothing
/// listens here.
///
/// @param host name or IPv4 address; empty when the server is not reached from outside
/// @param ports of the router; a service that is not in it is forwarded under its own port
public record PublicAddress(String host, Map<Service, Integer> ports) {
    /// What a router forwards.
    public enum Service {
        HTTP,
        HTTPS,
        RTSP,
        RTSPS,
        RTMP,
        RTMPS,
        WEBRTC
    }

    public static final PublicAddress NONE = new PublicAddress("", Map.of());

    /// RFC 1123 §2.1, which covers an IPv4 address, too.
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    public PublicAddress {
        host = host.strip().toLowerCase(Locale.ROOT);
        if (!host.isEmpty() && !HOST.matcher(host).matches()) {
            throw new InvalidSettingException(
                    "publicHost",
                    "is a name or address alone, such as office.example.net, without http:// or a port");
        }
        ports = Map.copyOf(ports);
        for (var port : ports.entrySet()) {
            if (port.getValue() < 1 || port.getValue() > 65_535) {
                throw new InvalidSettingException(
                        "publicPorts." + port.getKey().name().toLowerCase(Locale.ROOT),
                        "is a port from 1 to 65535, not " + port.getValue());
            }
        }
    }

    /// The router's port of a service; 0 when it is the server's own.
    public int port(Service service) {
        return ports.getOrDefault(service, 0);
    }
}
