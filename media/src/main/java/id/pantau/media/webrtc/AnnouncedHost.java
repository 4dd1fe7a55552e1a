package id.pantau.media.webrtc;

/// An address under which peers reach the server: of the machine itself, or of the router in front
/// of it (NAT, DDNS).
///
/// @param name IP address or host name; a name is resolved for each answer
/// @param udpPort 0: the port listened on
/// @param tcpPort 0: the port listened on
public record AnnouncedHost(String name, int udpPort, int tcpPort) {
    public AnnouncedHost {
        if (name.isBlank() || udpPort < 0 || udpPort > 65_535 || tcpPort < 0 || tcpPort > 65_535) {
            throw new IllegalArgumentException("no host to announce: " + name);
        }
    }

    public static AnnouncedHost of(String name) {
        return new AnnouncedHost(name, 0, 0);
    }
}
