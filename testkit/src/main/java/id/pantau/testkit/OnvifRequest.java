package id.pantau.testkit;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// A SOAP request as an [OnvifSimulator] reads it; by the JDK's DOM, which shares nothing with the
/// client under test.
final class OnvifRequest {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";

    private final Document document;
    private final Element action;

    private OnvifRequest(Document document, Element action) {
        this.document = document;
        this.action = action;
    }

    /// @throws IllegalArgumentException when it is no SOAP 1.2 request
    static OnvifRequest parse(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
            NodeList bodies = document.getElementsByTagNameNS(SOAP, "Body");
            for (var node = bodies.item(0).getFirstChild();
                    node != null;
                    node = node.getNextSibling()) {
                if (node instanceof Element element) {
                    return new OnvifRequest(document, element);
                }
            }
            throw new IllegalArgumentException("an empty body");
        } catch (Exception e) {
            throw new IllegalArgumentException("no SOAP request", e);
        }
    }

    /// `GetProfiles`.
    String action() {
        return action.getLocalName();
    }

    /// The namespace of its WSDL.
    String namespace() {
        return action.getNamespaceURI();
    }

    /// The text of the first element of that name in the whole envelope; the header comes first.
    Optional<String> text(String name) {
        return element(name).map(element -> element.getTextContent().strip());
    }

    Optional<Double> number(String element, String attribute) {
        return element(element)
                .map(found -> found.getAttribute(attribute))
                .filter(text -> !text.isEmpty())
                .map(Double::parseDouble);
    }

    boolean has(String name) {
        return element(name).isPresent();
    }

    private Optional<Element> element(String name) {
        return Optional.ofNullable((Element) document.getElementsByTagNameNS("*", name).item(0));
    }
}
