package id.pantau.server.camera;

import id.pantau.server.camera.UrlRules.UrlRefused;
import id.pantau.server.onvif.AddressRules;
import id.pantau.server.onvif.OnvifException;
import id.pantau.server.onvif.OnvifException.Category;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The rules for cameras' URLs, for what is asked over ONVIF.
public final class DeviceRules implements AddressRules {
    private final UrlRules rules;

    public DeviceRules(UrlRules rules) {
        this.rules = rules;
    }

    @Override
    public InetAddress allow(String host, int port) {
        try {
            return rules.resolve(host, port).getFirst();
        } catch (UrlRefused refused) {
            throw new OnvifException(Category.ADDRESS_REFUSED, refused.sentence());
        } catch (UnknownHostException e) {
            throw new OnvifException(
                    Category.UNREACHABLE,
                    "No machine called %s is known; check the name.".formatted(host),
                    e);
        }
    }
}
