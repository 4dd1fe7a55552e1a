package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged answers of devices, up to everything that is made of them.
class SoapMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(2 << 20, 2000);
    private static final int PARSERS = 12;

    private final OwnAddresses addresses;

    SoapMutationTest() throws Exception {
        InetAddress from = InetAddress.getByName("192.0.2.1");
        addresses = new OwnAddresses(DeviceAddress.parse("192.0.2.1").orElseThrow(), from);
    }

    @Test
    void answersAreReadOrRefusedAndNothingElse() throws Exception {
        new Mutation("soap", PARSERS, SoapSeeds.list(), BOUND).run(this::read);
    }

    private void read(byte[] input) {
        XmlElement element;
        try {
            element = Soap.body(input, "192.0.2.1:80");
        } catch (OnvifException e) {
            assertThat(e.category()).isEqualTo(OnvifException.Category.NOT_ONVIF);
            return;
        }
        List<Runnable> readers =
                List.of(
                        () -> MediaProfile.ofMedia(element),
                        () -> MediaProfile.ofMedia2(element),
                        () -> element.children().forEach(MediaProfile::ofMedia),
                        () -> Notification.of(element).kind(),
                        () -> Faults.of(element).exception("192.0.2.1:80", "GetProfiles"),
                        () -> DeviceClock.read(element),
                        () -> DeviceServices.ofServices(element, addresses),
                        () -> DeviceServices.ofCapabilities(element, addresses),
                        () -> PtzStatus.of(element),
                        () -> PtzNode.of(element),
                        () -> ImagingRanges.of(element),
                        () -> addresses.media(element.text(), List.of("rtsp")));
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (OnvifException e) {
                assertThat(e.category()).isEqualTo(OnvifException.Category.NOT_ONVIF);
            }
        }
    }
}
