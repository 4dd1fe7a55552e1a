package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a device must not be able to do with an answer.
class HostileAnswersTest {
    private static final String ENVELOPE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema"\
             xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2">
            <s:Header><a:RelatesTo xmlns:a="x">urn:uuid:1</a:RelatesTo></s:Header><s:Body>%s</s:Body></s:Envelope>\
            """;

    private static final List<String> BODIES =
            List.of(
                    """
                    <trt:GetProfilesResponse><trt:Profiles token="a"><tt:Name>x &amp; y</tt:Name>\
                    <tt:VideoEncoderConfiguration token="v"><tt:Encoding>H264</tt:Encoding><tt:Resolution>\
                    <tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration>\
                    </trt:Profiles></trt:GetProfilesResponse>\
                    """,
                    """
                    <s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value>\
                    </s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">no</s:Text></s:Reason></s:Fault>\
                    """,
                    """
                    <wsnt:NotificationMessage><wsnt:Topic>tns1:VideoSource/MotionAlarm</wsnt:Topic><wsnt:Message>\
                    <tt:Message UtcTime="2024-03-12T00:45:48Z" PropertyOperation="Changed"><tt:Source>\
                    <tt:SimpleItem Name="a" Value="b"/></tt:Source><tt:Data><tt:SimpleItem Name="State" Value="true"/>\
                    </tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>\
                    """,
                    """
                    <d:ProbeMatches xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><d:ProbeMatch>\
                    <a:EndpointReference xmlns:a="b"><a:Address>urn:uuid:2</a:Address></a:EndpointReference>\
                    <d:Scopes>onvif://www.onvif.org/name/%41 onvif://www.onvif.org/location/</d:Scopes>\
                    <d:XAddrs>http://192.0.2.1/onvif/device_service http://[fe80::1]/x</d:XAddrs></d:ProbeMatch>\
                    </d:ProbeMatches>\
                    """,
                    """
                    <tds:R xmlns:tds="t"><tt:UTCDateTime><tt:Time><tt:Hour>19</tt:Hour><tt:Minute>14</tt:Minute>\
                    <tt:Second>37</tt:Second></tt:Time><tt:Date><tt:Year>2014</tt:Year><tt:Month>12</tt:Month>\
                    <tt:Day>24</tt:Day></tt:Date></tt:UTCDateTime></tds:R>\
                    """);

    @Test
    void documentTypesAndEntitiesAreNotRead() {
        String secret = "<!ENTITY x SYSTEM \"file:///etc/hostname\">";
        for (String prolog :
                List.of(
                        "<!DOCTYPE a [" + secret + "]>",
                        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/\">",
                        "<!DOCTYPE a [<!ENTITY x \"y\">]>")) {
            byte[] bytes = (prolog + "<a>&x;</a>").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> XmlDocument.read(bytes))
                    .isInstanceOf(MalformedXmlException.class);
        }
    }

    @Test
    void depthAndNumberOfElementsAreBounded() {
        for (String hostile :
                List.of(
                        "<a>".repeat(100_000),
                        "<a>".repeat(1000) + "</a>".repeat(1000),
                        "<r>" + "<a/>".repeat(100_000) + "</r>",
                        "<r " + "x".repeat(900_000) + ">",
                        "<".repeat(300_000))) {
            long started = System.nanoTime();
            assertThatThrownBy(() -> XmlDocument.read(hostile.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedXmlException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-8", "UTF-9", ""})
    void anEncodingThatNobodyKnowsIsPassedOver(String encoding) throws Exception {
        String xml = "<?xml version=\"1.0\" encoding=\"%s\"?><a>1</a>".formatted(encoding);

        assertThat(XmlDocument.read(xml.getBytes(StandardCharsets.UTF_8)).root().text())
                .isEqualTo("1");
    }

    @Test
    void mutatedAnswersAreReadOrRefusedAndNothingElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("HostileAnswersTest seed " + seed);
        var random = new Random(seed);
        InetAddress from = InetAddress.getByName("192.0.2.1");
        var addresses = new OwnAddresses(DeviceAddress.parse("192.0.2.1").orElseThrow(), from);
        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        int read = 0;
        for (int i = 0; i < 20_000 && System.nanoTime() < deadline; i++) {
            String body = BODIES.get(random.nextInt(BODIES.size()));
            byte[] bytes =
                    mutated(ENVELOPE.formatted(body).getBytes(StandardCharsets.UTF_8), random);
            try {
                Discovery.read(bytes, "1", from);
                XmlElement element = Soap.body(bytes, "192.0.2.1:80");
                MediaProfile.ofMedia(element);
                MediaProfile.ofMedia2(element);
                element.children().forEach(MediaProfile::ofMedia);
                Notification.of(element).kind();
                Faults.of(element).exception("192.0.2.1:80", "GetProfiles");
                DeviceClock.read(element);
                DeviceServices.ofServices(element, addresses);
                DeviceServices.ofCapabilities(element, addresses);
                PtzStatus.of(element);
                PtzNode.of(element);
                ImagingRanges.of(element);
                addresses.media(element.text(), List.of("rtsp"));
                read++;
            } catch (OnvifException e) {
                assertThat(e.category()).isEqualTo(OnvifException.Category.NOT_ONVIF);
            }
        }
        assertThat(read).isPositive();
    }

    private static byte[] mutated(byte[] original, Random random) {
        var bytes = new ArrayList<Byte>();
        for (byte one : original) {
            bytes.add(one);
        }
        for (int i = random.nextInt(12); i >= 0 && !bytes.isEmpty(); i--) {
            int at = random.nextInt(bytes.size());
            switch (random.nextInt(5)) {
                case 0 -> bytes.set(at, (byte) random.nextInt(256));
                case 1 -> bytes.remove(at);
                case 2 -> bytes.add(at, (byte) "<>/&\"'= \0".charAt(random.nextInt(9)));
                case 3 -> {
                    int until = Math.min(bytes.size(), at + random.nextInt(200));
                    bytes.addAll(at, List.copyOf(bytes.subList(at, until)));
                }
                default ->
                        bytes.subList(at, Math.min(bytes.size(), at + random.nextInt(60))).clear();
            }
        }
        byte[] mutated = new byte[bytes.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = bytes.get(i);
        }
        return mutated;
    }
}
