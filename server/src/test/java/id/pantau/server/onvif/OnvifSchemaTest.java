package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/// What the client asks and what the simulator answers, against the schemas in ONVIF's WSDLs.
@Tag("samples")
class OnvifSchemaTest {
    private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    private static final String WSNT = "http://docs.oasis-open.org/wsn/b-2";
    private static final Credentials RIGHT = new Credentials("admin", "rahasia");

    /// Schemas that ONVIF's import and that are not with them: as much as the imports use.
    private static final Map<String, String> STANDINS =
            Map.of(
                    WSNT,
                    """
                    <xs:complexType name="FilterType"><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
                    <xs:simpleType name="AbsoluteOrRelativeTimeType"><xs:union memberTypes="xs:dateTime xs:duration"/></xs:simpleType>
                    <xs:complexType name="NotificationMessageHolderType"><xs:sequence><xs:element name="Topic"><xs:complexType mixed="true"><xs:attribute name="Dialect" type="xs:anyURI"/></xs:complexType></xs:element>
                    <xs:element name="Message"><xs:complexType><xs:sequence><xs:any processContents="strict" namespace="##other"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
                    <xs:element name="NotificationMessage" type="t:NotificationMessageHolderType"/>
                    <xs:element name="CurrentTime" type="xs:dateTime"/><xs:element name="TerminationTime" type="xs:dateTime"/>
                    <xs:element name="FixedTopicSet" type="xs:boolean"/><xs:element name="TopicExpressionDialect" type="xs:anyURI"/>\
                    """,
                    "http://www.w3.org/2005/05/xmlmime",
                    "<xs:attribute name=\"contentType\" type=\"xs:string\"/>",
                    "http://www.w3.org/2003/05/soap-envelope",
                    "<xs:complexType name=\"Fault\"/><xs:complexType name=\"Envelope\"/>",
                    "http://www.w3.org/2004/08/xop/include",
                    "<xs:element name=\"Include\"/>");

    @Test
    void everyRequestAndEveryAnswerIsValid() throws Exception {
        Path wsdl = OnvifSamplesTest.folder().resolve("wsdl");
        Schema schema = schema(wsdl);
        var messages = new ArrayList<byte[]>();
        OnvifScript script = OnvifScript.camera("admin", "rahasia");
        for (OnvifScript one : List.of(script, script.older())) {
            try (var camera = OnvifSimulator.start(one)) {
                camera.fire("tns1:VideoSource/MotionAlarm", true);
                askEverything(camera);
                messages.addAll(camera.messages());
            }
        }

        Set<String> checked = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (byte[] message : messages) {
            Element body = body(message);
            boolean ofOthers =
                    WSNT.equals(body.getNamespaceURI()) || body.getLocalName().equals("Fault");
            if (ofOthers) {
                continue; // OASIS's and the W3C's own, whose schemas are not here
            }
            try {
                schema.newValidator().validate(new DOMSource(body));
            } catch (SAXException e) {
                wrong.add(body.getNodeName() + ": " + e.getMessage());
            }
            checked.add(body.getNamespaceURI() + body.getLocalName());
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).hasSizeGreaterThan(70);
    }

    private static void askEverything(OnvifSimulator camera) {
        OnvifDevice device =
                new Onvif(new OpenRules(), Clock.systemUTC())
                        .connect(DeviceAddress.parse(camera.address()).orElseThrow(), RIGHT);
        device.facts();
        device.hostname();
        device.networkPorts();
        Media media = device.media();
        MediaProfile profile = media.profiles().getFirst();
        media.streamUri("main");
        media.findSnapshotUri("main");
        media.setSynchronizationPoint("main");
        media.audioOutputs();
        Ptz ptz = device.ptz();
        PtzNode node = ptz.node(profile);
        ptz.node(new MediaProfile("main", "", "", null, "", "drive", ""));
        ptz.moveContinuously("main", node, new PtzVector(1, 0, -1), Duration.ofMillis(100));
        ptz.stop("main");
        ptz.moveAbsolutely("main", node, PtzVector.ZERO);
        ptz.moveRelatively("main", node, PtzVector.ZERO);
        ptz.gotoHome("main");
        String preset = ptz.setPreset("main", "a");
        ptz.presets("main");
        ptz.gotoPreset("main", preset);
        ptz.removePreset("main", preset);
        ptz.status("main");
        Imaging imaging = device.imaging();
        imaging.settings("source");
        imaging.ranges("source");
        imaging.set("source", new ImagingSettings(1.0, 2.0, 3.0, 4.0, "AUTO", 0.0));
        imaging.moveFocus("source", 1);
        imaging.stopFocus("source");
        PullPoint point = device.subscribe();
        assertThat(point.pull(Duration.ofSeconds(1), 10)).hasSize(1);
        point.renew();
        point.unsubscribe();
        device.reboot();
    }

    private static Element body(byte[] message) throws Exception {
        var document = builder().parse(new ByteArrayInputStream(message));
        Node node =
                document.getElementsByTagNameNS("http://www.w3.org/2003/05/soap-envelope", "Body")
                        .item(0)
                        .getFirstChild();
        return (Element) node;
    }

    private static DocumentBuilder builder() throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
    }

    private static Schema schema(Path wsdl) throws Exception {
        var sources = new ArrayList<Source>();
        for (String name :
                List.of(
                        "ver10/device/wsdl/devicemgmt.wsdl",
                        "ver10/media/wsdl/media.wsdl",
                        "ver20/media/wsdl/media.wsdl",
                        "ver20/ptz/wsdl/ptz.wsdl",
                        "ver20/imaging/wsdl/imaging.wsdl",
                        "ver10/events/wsdl/event.wsdl")) {
            Path file = wsdl.resolve(name);
            sources.add(new StreamSource(new StringReader(typesOf(file)), file.toUri().toString()));
        }
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty("jdk.xml.maxOccurLimit", "100000");
        // ONVIF's UserCredential breaks the rule of unique attribution, which is about schemas only
        factory.setFeature("http://apache.org/xml/features/validation/schema-full-checking", false);
        factory.setResourceResolver(
                (_, namespace, _, systemId, base) -> resolve(wsdl, namespace, systemId, base));
        return factory.newSchema(sources.toArray(Source[]::new));
    }

    /// The schema inside a WSDL, with the prefixes that are declared around it.
    private static String typesOf(Path file) throws Exception {
        var document = builder().parse(file.toFile());
        Element schema = (Element) document.getElementsByTagNameNS(XS, "schema").item(0);
        NamedNodeMap around = document.getDocumentElement().getAttributes();
        for (int i = 0; i < around.getLength(); i++) {
            Node attribute = around.item(i);
            if (attribute.getNodeName().startsWith("xmlns:")
                    && !schema.hasAttribute(attribute.getNodeName())) {
                schema.setAttributeNS(
                        XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
                        attribute.getNodeName(),
                        attribute.getNodeValue());
            }
        }
        var text = new StringWriter();
        var transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.transform(new DOMSource(schema), new StreamResult(text));
        return text.toString();
    }

    private static LSInput resolve(Path wsdl, String namespace, String systemId, String base) {
        try {
            var registry = DOMImplementationRegistry.newInstance();
            LSInput input =
                    ((DOMImplementationLS) registry.getDOMImplementation("LS")).createLSInput();
            String standin = STANDINS.get(namespace);
            if (standin != null) {
                input.setSystemId("standin:" + namespace);
                input.setStringData(
                        "<xs:schema xmlns:xs=\"%s\" xmlns:t=\"%2$s\" targetNamespace=\"%2$s\" elementFormDefault=\"qualified\">%3$s</xs:schema>"
                                .formatted(XS, namespace, standin));
                return input;
            }
            String name = systemId.substring(systemId.lastIndexOf('/') + 1);
            Path imported = wsdl.resolve("imports").resolve(name);
            Path file =
                    Files.exists(imported) ? imported : Path.of(URI.create(base).resolve(systemId));
            input.setSystemId(file.toUri().toString());
            input.setStringData(Files.readString(file));
            return input;
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(systemId, e);
        }
    }
}
