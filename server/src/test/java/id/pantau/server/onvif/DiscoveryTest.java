package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private final Discovery discovery = new Discovery(new OpenRules());

    @Test
    void aCameraThatIsAskedAloneIsListedOnceWithItsScopes() throws Exception {
        try (var camera = OnvifSimulator.start(OnvifScript.camera("a", "b"));
                var other = OnvifSimulator.start(OnvifScript.camera("a", "b").naming("10.9.9.9"))) {
            List<FoundDevice> found =
                    discovery
                            .search(List.of(camera.discovery(), other.discovery()), PATIENCE)
                            .stream()
                            .filter(one -> isOneOf(one, camera, other))
                            .toList();

            assertThat(found).hasSize(2);
            assertThat(found)
                    .extracting(one -> one.address().authority())
                    .containsExactlyInAnyOrder(camera.address(), other.address());
            assertThat(found.getFirst().name()).isEqualTo("Simulated Dome");
            assertThat(found.getFirst().hardware()).isEqualTo("SIM-1");
            assertThat(found.getFirst().location()).isEqualTo("city/Bandung");
        }
    }

    @Test
    void camerasAnswerToTheMulticastGroup() throws Exception {
        try (var camera = OnvifSimulator.start(OnvifScript.camera("a", "b"))) {
            assumeTrue(camera.inMulticastGroup(), "no interface here takes multicast");

            List<FoundDevice> found = discovery.search(List.of(), PATIENCE);

            assertThat(found).extracting(FoundDevice::endpoint).contains(camera.endpoint());
        }
    }

    @Test
    void hostsThatAreNotAllowedAreNotAskedAndNotListed() throws Exception {
        try (var camera = OnvifSimulator.start(OnvifScript.camera("a", "b"))) {
            var closed =
                    new Discovery((host, port) -> {
                        throw new OnvifException(
                                OnvifException.Category.ADDRESS_REFUSED, "not allowed");
                    });

            assertThat(closed.search(List.of(camera.discovery()), PATIENCE)).isEmpty();
        }
    }

    @Test
    void aSubnetIsEveryHostInIt() {
        assertThat(SubnetHosts.parse("192.168.1.77/24", 3702).orElseThrow())
                .hasSize(254)
                .startsWith(new InetSocketAddress("192.168.1.1", 3702))
                .endsWith(new InetSocketAddress("192.168.1.254", 3702));
        assertThat(SubnetHosts.parse("10.0.0.5/32", 3702).orElseThrow())
                .containsExactly(new InetSocketAddress("10.0.0.5", 3702));
        assertThat(SubnetHosts.parse("10.0.0.5", 3702).orElseThrow()).hasSize(1);
        assertThat(SubnetHosts.parse("10.0.0.0/22", 3702).orElseThrow()).hasSize(1022);
        for (String wrong : List.of("10.0.0.0/21", "10.0.0.0/33", "10.0.0/24", "a b", "", "/24")) {
            assertThat(SubnetHosts.parse(wrong, 3702)).as(wrong).isEmpty();
        }
    }

    private static boolean isOneOf(FoundDevice device, OnvifSimulator... cameras) {
        return List.of(cameras).stream()
                .anyMatch(camera -> camera.endpoint().equals(device.endpoint()));
    }
}
