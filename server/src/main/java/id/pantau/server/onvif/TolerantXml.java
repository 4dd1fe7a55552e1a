package id.pantau.server.onvif;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what looks like XML and is not quite: takes tags and attributes where it sees them, and
/// leaves out what makes no sense. Prefixes are dropped and namespaces not resolved. One pass, no
/// recursion, no backtracking.
final class TolerantXml {
    private static final Pattern ATTRIBUTE =
            Pattern.compile(
                    "([\\w:.-]{1,100}+)\\s{0,100}+=\\s{0,100}+(?:\"([^\"]*+)\"|'([^']*+)'"
                            + "|[\u201c\u201d\u2033]([^\u201c\u201d\u2033]*+)[\u201c\u201d\u2033])");
    private static final Pattern REFERENCE = Pattern.compile("&(#x?[0-9a-fA-F]{1,6}|\\w{2,4});");
    private static final int LONGEST_TAG = 16_384;
    private static final int QUOTED_ALTERNATIVES = 3;

    private final String text;
    private final XmlTree tree = new XmlTree();
    private int at;

    private TolerantXml(String text) {
        this.text = text;
    }

    static XmlElement read(String text) throws MalformedXmlException {
        return new TolerantXml(text).read();
    }

    private XmlElement read() throws MalformedXmlException {
        while (at < text.length() && !tree.complete()) {
            int bracket = text.indexOf('<', at);
            if (bracket < 0) {
                break;
            }
            tree.text(unescaped(text.substring(at, bracket)));
            at = bracket;
            if (text.startsWith("<!--", at)) {
                skipThrough("-->");
            } else if (text.startsWith("<![CDATA[", at)) {
                int end = text.indexOf("]]>", at);
                tree.text(text.substring(at + "<![CDATA[".length(), end < 0 ? at + 9 : end));
                skipThrough("]]>");
            } else if (text.startsWith("<!", at)) {
                throw new MalformedXmlException("a document type is not read");
            } else if (text.startsWith("<?", at)) {
                skipThrough("?>");
            } else {
                tag();
            }
        }
        return tree.root();
    }

    private void skipThrough(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    private void tag() throws MalformedXmlException {
        int end = text.indexOf('>', at);
        if (end < 0) {
            at = text.length();
            return;
        }
        if (end - at > LONGEST_TAG) {
            throw new MalformedXmlException("a tag of %d characters".formatted(end - at));
        }
        String inside = text.substring(at + 1, end).strip();
        at = end + 1;
        boolean closing = inside.startsWith("/");
        boolean empty = inside.endsWith("/");
        String name = name(closing ? inside.substring(1).strip() : inside);
        if (name.isEmpty()) {
            return;
        }
        if (closing) {
            tree.endThrough(name);
            return;
        }
        tree.start("", name, attributes(inside));
        if (empty) {
            tree.end();
        }
    }

    private static String name(String inside) {
        int end = 0;
        while (end < inside.length()
                && (Character.isLetterOrDigit(inside.charAt(end))
                        || "_-.:".indexOf(inside.charAt(end)) >= 0)) {
            end++;
        }
        return local(inside.substring(0, end));
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static Map<String, String> attributes(String inside) {
        var attributes = new HashMap<String, String>();
        Matcher matcher = ATTRIBUTE.matcher(inside);
        while (matcher.find()) {
            for (int i = 2; i < 2 + QUOTED_ALTERNATIVES; i++) {
                String value = matcher.group(i);
                if (value != null && !matcher.group(1).startsWith("xmlns")) {
                    attributes.put(local(matcher.group(1)), unescaped(value));
                }
            }
        }
        return attributes;
    }

    private static String unescaped(String raw) {
        if (raw.indexOf('&') < 0) {
            return raw;
        }
        return REFERENCE
                .matcher(raw)
                .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
    }

    private static String character(String reference) {
        if (reference.startsWith("#")) {
            boolean hex = reference.startsWith("#x");
            try {
                int code = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
                return Character.isValidCodePoint(code) ? Character.toString(code) : "";
            } catch (NumberFormatException _) {
                return "";
            }
        }
        return switch (reference) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> "";
        };
    }
}
