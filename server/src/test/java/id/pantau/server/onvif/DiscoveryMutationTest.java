package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/// Damaged datagrams of WS-Discovery: what comes of one is a device that can be asked, or nothing.
class DiscoveryMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(2 << 20, 2000);

    @Test
    void datagramsAreReadOrPassedOver() throws Exception {
        InetAddress from = InetAddress.getByName("192.0.2.1");
        new Mutation("discovery", 1, SoapSeeds.list(), BOUND)
                .run(input -> {
                    for (FoundDevice device : Discovery.read(input, "1", from)) {
                        DeviceAddress address = device.address();
                        assertThat(address.port()).isBetween(1, 65_535);
                        assertThat(DeviceAddress.parse(address.url())).contains(address);
                        assertThat(device.endpoint()).isNotEmpty();
                    }
                });
    }
}
