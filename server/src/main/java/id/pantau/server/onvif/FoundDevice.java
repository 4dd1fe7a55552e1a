package id.pantau.server.onvif;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A device that answered a probe (WS-Discovery §5.3 `ProbeMatch`, ONVIF Core §7.3).
///
/// @param endpoint its endpoint reference, the same on every interface and after a restart
/// @param address where to ask it
/// @param name, hardware, location from its scopes, each may be empty
/// @param scopes all of them, as it writes them
public record FoundDevice(
        String endpoint,
        DeviceAddress address,
        String name,
        String hardware,
        String location,
        List<String> scopes) {
    private static final String SCOPE = "onvif://www.onvif.org/";
    private static final int MOST_SCOPES = 100;
    private static final int MOST_MATCHES = 16;

    public FoundDevice {
        scopes = List.copyOf(scopes);
    }

    /// Every match of an answer. A device that names other hosts only is taken at the address the
    /// answer came from.
    ///
    /// @param body the `ProbeMatches`
    static List<FoundDevice> of(XmlElement body, InetAddress from) {
        var found = new ArrayList<FoundDevice>();
        for (XmlElement match : body.children("ProbeMatch").stream().limit(MOST_MATCHES).toList()) {
            String endpoint = Soap.shortened(match.text("EndpointReference", "Address"));
            List<String> scopes = words(match.text("Scopes"));
            address(match.text("XAddrs"), from)
                    .ifPresent(address ->
                            found.add(
                                    new FoundDevice(
                                            endpoint.isEmpty() ? address.url() : endpoint,
                                            address,
                                            scope(scopes, "name"),
                                            scope(scopes, "hardware"),
                                            scope(scopes, "location"),
                                            scopes)));
        }
        return found;
    }

    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_SCOPES)
                .map(Soap::shortened)
                .toList();
    }

    private static Optional<DeviceAddress> address(String xaddrs, InetAddress from) {
        List<DeviceAddress> given =
                words(xaddrs).stream().flatMap(one -> absolute(one).stream()).toList();
        String sender = from.getHostAddress();
        return given.stream()
                .filter(one -> one.host().equals(sender))
                .findFirst()
                .or(() -> given.stream().findFirst().map(one -> at(one, sender)));
    }

    private static Optional<DeviceAddress> absolute(String xaddr) {
        return xaddr.contains("://") ? DeviceAddress.parse(xaddr) : Optional.empty();
    }

    private static DeviceAddress at(DeviceAddress given, String host) {
        return new DeviceAddress(given.tls(), host, given.port(), given.path());
    }

    private static String scope(List<String> scopes, String kind) {
        String prefix = SCOPE + kind + '/';
        return scopes.stream()
                .filter(scope -> scope.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(scope -> decoded(scope.substring(prefix.length())))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String decoded(String text) {
        try {
            return Soap.shortened(
                    URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
