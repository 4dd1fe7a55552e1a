package id.pantau.server.onvif;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads XML that a device sent. Document types and entities of its own are refused, depth and
/// number of elements are bounded. Where a device breaks the rules of XML (prefixes without
/// declaration, typographic quotes, an encoding that it does not use), its elements are read all
/// the same by [TolerantXml].
///
/// @param wellFormed whether it kept the rules
record XmlDocument(XmlElement root, boolean wellFormed) {
    private static final Pattern DECLARATION =
            Pattern.compile("^<\\?xml\\s[^>]{0,200}?\\?>", Pattern.DOTALL);
    private static final Pattern ENCODING =
            Pattern.compile("encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final int BYTES_TO_LOOK_AT = 4;

    /// What is no XML at all, or more than is taken.
    static final class MalformedXmlException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedXmlException(String message) {
            super(message);
        }
    }

    private record Decoded(String text, boolean asDeclared) {}

    static XmlDocument read(byte[] bytes) throws MalformedXmlException {
        Decoded decoded = decode(bytes);
        try {
            return new XmlDocument(strict(decoded.text()), decoded.asDeclared());
        } catch (XMLStreamException _) {
            return new XmlDocument(TolerantXml.read(decoded.text()), false);
        }
    }

    /// The encoding that the bytes are in; the declaration is asked only where they do not show it,
    /// because some devices declare UTF-16 and send UTF-8.
    private static Decoded decode(byte[] bytes) {
        Charset seen = seen(bytes);
        Charset charset = seen == null ? StandardCharsets.UTF_8 : seen;
        String text = text(bytes, charset);
        Matcher declaration = DECLARATION.matcher(text);
        if (!declaration.find()) {
            return new Decoded(text, true);
        }
        String rest = text.substring(declaration.end());
        Matcher encoding = ENCODING.matcher(declaration.group());
        Charset declared = encoding.find() ? findCharset(encoding.group(1)) : null;
        if (declared == null) {
            return new Decoded(rest, true);
        }
        boolean wide = declared.name().startsWith("UTF-16") || declared.name().startsWith("UTF-32");
        if (wide) {
            return new Decoded(rest, seen != null && seen.name().startsWith("UTF-16"));
        }
        if (seen == null && !declared.equals(StandardCharsets.UTF_8)) {
            String again = text(bytes, declared);
            Matcher skipped = DECLARATION.matcher(again);
            return new Decoded(skipped.find() ? again.substring(skipped.end()) : again, true);
        }
        return new Decoded(rest, true);
    }

    private static @Nullable Charset findCharset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return null;
        }
    }

    private static String text(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    }

    /// @return null when the first bytes do not show it
    private static @Nullable Charset seen(byte[] bytes) {
        if (bytes.length < BYTES_TO_LOOK_AT) {
            return null;
        }
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (first == 0xfeff || bytes[0] == 0 && bytes[1] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xfffe || bytes[0] != 0 && bytes[1] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static XmlElement strict(String text) throws XMLStreamException, MalformedXmlException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("external entities are not read");
        });
        var tree = new XmlTree();
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
        try {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(reader, tree);
                    case XMLStreamConstants.END_ELEMENT -> tree.end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            tree.text(reader.getText());
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                            throw new MalformedXmlException("a document type is not read");
                    default -> {} // comments, instructions, white space around the root
                }
            }
        } finally {
            reader.close();
        }
        return tree.root();
    }

    private static void start(XMLStreamReader reader, XmlTree tree) throws MalformedXmlException {
        String namespace = reader.getNamespaceURI();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        tree.start(namespace == null ? "" : namespace, reader.getLocalName(), attributes);
    }
}
