package id.pantau.server.onvif;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One event as a device told it (`wsnt:NotificationMessage` with a `tt:Message`).
///
/// @param topic as the device writes it, prefixes included
/// @param at by the device's clock; null when it does not say
/// @param operation `Initialized`, `Changed`, `Deleted`, or empty
/// @param source what it is about, by name
/// @param values what is so now, by name
public record Notification(
        String topic,
        @Nullable Instant at,
        String operation,
        Map<String, String> source,
        Map<String, String> values) {
    private static final int MOST_ITEMS = 32;

    public Notification {
        source = Map.copyOf(source);
        values = Map.copyOf(values);
    }

    static Notification of(XmlElement notification) {
        XmlElement message =
                notification
                        .at("Message", "Message")
                        .or(() -> notification.child("Message"))
                        .orElse(notification);
        return new Notification(
                Soap.shortened(notification.text("Topic")),
                instant(message.attribute("UtcTime")),
                message.attribute("PropertyOperation"),
                items(message.child("Source")),
                items(message.child("Data")));
    }

    public EventKind kind() {
        List<String> segments =
                Arrays.stream(topic.split("/"))
                        .map(segment -> segment.substring(segment.lastIndexOf(':') + 1).strip())
                        .filter(segment -> !segment.isEmpty())
                        .toList();
        return EventKind.of(segments);
    }

    /// Whether it is so or is over, for events that last; empty for those that just happen.
    public Optional<Boolean> active() {
        return new TreeMap<>(values)
                .values().stream()
                        // a 0 or 1 may be a number of something, `true` may not
                        .sorted(Comparator.comparing(value -> value.strip().length() == 1))
                        .flatMap(value -> XmlElement.bool(value).stream())
                        .findFirst();
    }

    /// Whether this is news: a device tells the present state at every new subscription too.
    public boolean isTrigger() {
        return !operation.equalsIgnoreCase("Initialized") && active().orElse(true);
    }

    private static Map<String, String> items(Optional<XmlElement> parent) {
        var items = new HashMap<String, String>();
        parent.stream()
                .flatMap(one -> one.children("SimpleItem").stream())
                .limit(MOST_ITEMS)
                .forEach(item ->
                        items.put(
                                Soap.shortened(item.attribute("Name")),
                                Soap.shortened(item.attribute("Value"))));
        return items;
    }

    /// A time without zone is UTC: some devices leave the Z out.
    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException _) {
                return null;
            }
        }
    }
}
