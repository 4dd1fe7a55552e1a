package id.pantau.server.onvif;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Rules that let everything through, and nothing but numeric addresses be resolved.
final class OpenRules implements AddressRules {
    @Override
    public InetAddress allow(String host, int port) {
        try {
            if (!host.matches("[0-9.:a-f]+")) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new OnvifException(
                    OnvifException.Category.UNREACHABLE, host + " is not known.", e);
        }
    }
}
