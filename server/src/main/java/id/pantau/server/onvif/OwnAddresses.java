package id.pantau.server.onvif;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Turns the addresses a device gives of itself into ones that reach it. Behind NAT, after a change
/// of network or with several interfaces a device names addresses that lead nowhere, or to a
/// machine that nobody asked for: so whatever host it names, the one that answered is used, and
/// that is noted. Thread-safe.
final class OwnAddresses {
    private static final int MOST_FINDINGS = 20;

    private final DeviceAddress device;
    private final InetAddress connected;
    private final Map<String, Finding> findings = new LinkedHashMap<>(); // by sentence

    /// @param connected the address behind the device's name
    OwnAddresses(DeviceAddress device, InetAddress connected) {
        this.device = device;
        this.connected = connected;
    }

    List<Finding> findings() {
        synchronized (findings) {
            return List.copyOf(findings.values());
        }
    }

    void note(Finding finding) {
        synchronized (findings) {
            if (findings.size() < MOST_FINDINGS) {
                findings.putIfAbsent(finding.sentence(), finding);
            }
        }
    }

    /// A service of the device. Another host takes the port with it: behind NAT both differ.
    ///
    /// @return empty when it is no HTTP address
    Optional<DeviceAddress> service(String xaddr) {
        // some devices give several, for each interface; the one that is ours, or the first
        List<DeviceAddress> given =
                List.of(xaddr.strip().split("\\s+")).stream()
                        .limit(8)
                        .flatMap(one -> DeviceAddress.parse(one).stream())
                        .toList();
        Optional<DeviceAddress> own = given.stream().filter(one -> isOwn(one.host())).findFirst();
        if (own.isPresent()) {
            return own.map(
                    one -> new DeviceAddress(one.tls(), device.host(), one.port(), one.path()));
        }
        return given.stream()
                .findFirst()
                .map(one -> {
                    note(rewritten("onvif.serviceRewritten", "its services", one.host()));
                    return device.withPath(one.path());
                });
    }

    /// A stream or snapshot. User names in it are dropped; the camera's own are used.
    ///
    /// @param schemes those that are taken
    /// @return empty when it is none
    Optional<URI> media(String text, List<String> schemes) {
        try {
            var uri = new URI(text.strip().replace(" ", "%20"));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null || !schemes.contains(scheme)) {
                return Optional.empty();
            }
            if (!isOwn(DeviceAddress.bare(host))) {
                note(rewritten("onvif.streamRewritten", "its streams", host));
            }
            return Optional.of(new URI(url(scheme, uri)));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private String url(String scheme, URI uri) {
        String port = uri.getPort() > 0 ? ":" + uri.getPort() : "";
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        return scheme + "://" + DeviceAddress.bracketed(device.host()) + port + path + query;
    }

    /// Only what is written is compared: a name that a device gives is not looked up.
    private boolean isOwn(String host) {
        return host.equalsIgnoreCase(device.host()) || host.equals(connected.getHostAddress());
    }

    private Finding rewritten(String code, String what, String host) {
        return new Finding(
                code,
                "The camera says %s are at %s; %s, which answered, is used instead."
                        .formatted(what, Soap.shortened(host), device.host()),
                Map.of("given", Soap.shortened(host), "used", device.host()));
    }
}
