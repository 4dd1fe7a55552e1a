package id.pantau.server.onvif;

import java.net.InetAddress;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Connects to devices. Keeps nothing of them. Thread-safe.
public final class Onvif {
    private final AddressRules rules;
    private final Clock clock;

    public Onvif(AddressRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /// Reads the device's clock and its list of services. Takes up to half a minute when the device
    /// is slow.
    ///
    /// @param credentials null to ask as nobody
    /// @throws OnvifException when nothing there speaks ONVIF, or does not let this user in
    public OnvifDevice connect(DeviceAddress address, @Nullable Credentials credentials) {
        InetAddress to = rules.allow(address.host(), address.port());
        var client = new SoapClient(rules, clock, credentials);
        client.readClock(address);
        return OnvifDevice.of(address, client, new OwnAddresses(address, to));
    }
}
