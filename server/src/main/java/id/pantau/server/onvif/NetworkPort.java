package id.pantau.server.onvif;

import java.util.List;

/// One network interface of a device (GetNetworkInterfaces).
///
/// @param hardwareAddress as the device writes it, mostly `28:57:be:65:7d:d5`
/// @param ipv4 addresses, manual and from DHCP
public record NetworkPort(
        String token,
        boolean enabled,
        String name,
        String hardwareAddress,
        List<String> ipv4,
        boolean dhcp) {
    public NetworkPort {
        ipv4 = List.copyOf(ipv4);
    }

    static NetworkPort of(XmlElement networkInterface) {
        List<String> addresses =
                networkInterface.at("IPv4", "Config").stream()
                        .flatMap(config -> config.children().stream())
                        .map(source -> source.text("Address"))
                        .filter(address -> !address.isEmpty())
                        .map(Soap::shortened)
                        .distinct()
                        .toList();
        return new NetworkPort(
                networkInterface.attribute("token"),
                XmlElement.bool(networkInterface.text("Enabled")).orElse(false),
                Soap.shortened(networkInterface.text("Info", "Name")),
                Soap.shortened(networkInterface.text("Info", "HwAddress")),
                addresses,
                XmlElement.bool(networkInterface.text("IPv4", "Config", "DHCP")).orElse(false));
    }
}
