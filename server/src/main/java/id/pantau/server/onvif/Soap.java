package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.nio.charset.StandardCharsets;

/// SOAP 1.2 envelopes (W3C SOAP 1.2 part 1), with the prefixes that every request here uses.
final class Soap {
    private static final String OPENING =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"\
             xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"\
             xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"\
             xmlns:wsa="http://www.w3.org/2005/08/addressing"\
             xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2"\
             xmlns:tt="http://www.onvif.org/ver10/schema"\
             xmlns:tds="http://www.onvif.org/ver10/device/wsdl"\
             xmlns:trt="http://www.onvif.org/ver10/media/wsdl"\
             xmlns:tr2="http://www.onvif.org/ver20/media/wsdl"\
             xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl"\
             xmlns:timg="http://www.onvif.org/ver20/imaging/wsdl"\
             xmlns:tev="http://www.onvif.org/ver10/events/wsdl"\
             xmlns:tmd="http://www.onvif.org/ver10/deviceIO/wsdl">\
            """;

    private Soap() {}

    /// @param header contents of the Header; `body` of the Body, each with the prefixes above
    static byte[] envelope(String header, String body) {
        return (OPENING
                        + "<s:Header>"
                        + header
                        + "</s:Header><s:Body>"
                        + body
                        + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The first element inside the Body of an answer: a response, or a Fault.
    ///
    /// @param where for the sentence: the device's address
    /// @throws OnvifException NOT_ONVIF
    static XmlElement body(byte[] answer, String where) {
        try {
            XmlElement root = XmlDocument.read(answer).root();
            if (root.name().equals("Envelope")) {
                return root.child("Body")
                        .flatMap(body -> body.children().stream().findFirst())
                        .orElseThrow(() -> notOnvif(where, "its answer has no body"));
            }
            throw notOnvif(where, "it answered with <%s>".formatted(shortened(root.name())));
        } catch (MalformedXmlException e) {
            throw notOnvif(where, "its answer cannot be read: " + e.getMessage());
        }
    }

    static OnvifException notOnvif(String where, String why) {
        return new OnvifException(
                Category.NOT_ONVIF,
                "%s does not speak ONVIF (%s). Is ONVIF switched on in the camera, and is this its port?"
                        .formatted(where, why));
    }

    /// Text from a device, short enough for a sentence.
    static String shortened(String text) {
        String oneLine = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return oneLine.length() > 200 ? oneLine.substring(0, 200) + "…" : oneLine;
    }

    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> escaped.append("&amp;");
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        default -> {
                            if (c >= ' ' || c == '\n' || c == '\t') { // others are not XML 1.0
                                escaped.appendCodePoint(c);
                            }
                        }
                    }
                });
        return escaped.toString();
    }
}
