package id.pantau.server.onvif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One element of a device's answer. Looked up by local name: prefixes differ from device to
/// device, and some forget to declare theirs.
///
/// @param namespace empty when the device declared none
/// @param attributes by local name
/// @param text all text directly inside, stripped
record XmlElement(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text) {
    /// The first child of that name.
    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /// The first child of the first child of …
    Optional<XmlElement> at(String... path) {
        Optional<XmlElement> here = Optional.of(this);
        for (String name : path) {
            here = here.flatMap(element -> element.child(name));
        }
        return here;
    }

    /// Empty when there is no such element.
    String text(String... path) {
        return at(path).map(XmlElement::text).orElse("");
    }

    OptionalDouble number(String... path) {
        return numberOf(text(path));
    }

    static OptionalDouble numberOf(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /// Zero when it is absent, no number, or out of range.
    int whole(String... path) {
        return (int) Math.clamp(number(path).orElse(0), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// Devices write `TRUE`, `true` and `1`.
    static Optional<Boolean> bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "").strip();
    }

    /// The first one of that name anywhere inside, in document order.
    Optional<XmlElement> find(String wanted) {
        return findAll(wanted).stream().findFirst();
    }

    /// Every one of that name inside, in document order.
    List<XmlElement> findAll(String wanted) {
        var found = new ArrayList<XmlElement>();
        var waiting = new ArrayDeque<>(children);
        while (!waiting.isEmpty()) {
            XmlElement element = waiting.removeFirst();
            if (element.name.equals(wanted)) {
                found.add(element);
            }
            element.children.reversed().forEach(waiting::addFirst);
        }
        return found;
    }
}
