package id.pantau.server.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Well-formed answers of devices: made ones of every shape that is read, and real ones where there
/// are samples.
final class SoapSeeds {
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

    private SoapSeeds() {}

    static List<byte[]> list() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (String body : BODIES) {
            seeds.add(ENVELOPE.formatted(body).getBytes(UTF_8));
        }
        if (Samples.present()) {
            for (Path file : Samples.list("onvif/responses", ".xml")) {
                seeds.add(Samples.seed(file));
            }
        }
        return seeds;
    }
}
