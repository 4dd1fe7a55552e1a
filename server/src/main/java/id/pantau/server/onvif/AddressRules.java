package id.pantau.server.onvif;

import java.net.InetAddress;

/// Which addresses may be talked to. Asked before every connection, so that a name that points
/// somewhere else by now is refused too.
@FunctionalInterface
public interface AddressRules {
    /// @param host name or address, as given by a person or a device
    /// @return the address to connect to; the name is not resolved again
    /// @throws OnvifException ADDRESS_REFUSED, or UNREACHABLE when the name is not known
    InetAddress allow(String host, int port);
}
