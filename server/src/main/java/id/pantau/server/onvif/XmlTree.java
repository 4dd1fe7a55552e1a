package id.pantau.server.onvif;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds a tree of elements from their starts and ends, within bounds: nothing here recurses, and
/// a document of a million brackets costs no more than one of twenty thousand.
final class XmlTree {
    static final int DEEPEST = 64;
    static final int MOST_ELEMENTS = 20_000;
    private static final int MOST_ATTRIBUTES = 64;

    private static final class Open {
        final String namespace;
        final String name;
        final Map<String, String> attributes;
        final List<XmlElement> children = new ArrayList<>();
        final StringBuilder text = new StringBuilder();

        Open(String namespace, String name, Map<String, String> attributes) {
            this.namespace = namespace;
            this.name = name;
            this.attributes = attributes;
        }

        XmlElement close() {
            return new XmlElement(
                    namespace,
                    name,
                    Map.copyOf(attributes),
                    List.copyOf(children),
                    text.toString().strip());
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;
    private @Nullable XmlElement root;

    void start(String namespace, String name, Map<String, String> attributes)
            throws MalformedXmlException {
        if (open.size() >= DEEPEST
                || ++elements > MOST_ELEMENTS
                || attributes.size() > MOST_ATTRIBUTES) {
            throw new MalformedXmlException(
                    "more than %d levels, %d elements or %d attributes"
                            .formatted(DEEPEST, MOST_ELEMENTS, MOST_ATTRIBUTES));
        }
        open.push(new Open(namespace, name, attributes));
    }

    void text(String text) {
        Open innermost = open.peek();
        if (innermost != null) {
            innermost.text.append(text);
        }
    }

    void end() {
        XmlElement closed = open.pop().close();
        Open outer = open.peek();
        if (outer != null) {
            outer.children.add(closed);
        } else if (root == null) {
            root = closed;
        }
    }

    /// Ends elements up to the innermost of that name; does nothing when none is open.
    void endThrough(String name) {
        if (open.stream().noneMatch(one -> one.name.equals(name))) {
            return;
        }
        while (true) {
            Open innermost = open.peek();
            end();
            if (innermost == null || innermost.name.equals(name)) {
                return;
            }
        }
    }

    /// Whether the root has ended.
    boolean complete() {
        return root != null;
    }

    XmlElement root() throws MalformedXmlException {
        while (!open.isEmpty()) {
            end();
        }
        XmlElement made = root;
        if (made == null) {
            throw new MalformedXmlException("no element");
        }
        return made;
    }
}
