package id.pantau.server.event;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events are wanted.
///
/// @param cameras of these; null: of all
/// @param types of these; empty: of all
/// @param labels of these; empty: of all, and those without one
/// @param from that began then or later; null: without a bound
/// @param until that began before
/// @param cursor goes on behind a page; null for the first
/// @param limit so many at most
/// @param reader whose having seen them is told
public record EventQuery(
        @Nullable Set<String> cameras,
        Set<EventType> types,
        Set<String> labels,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Cursor cursor,
        int limit,
        String reader) {
    /// The last event of a page: pages are newest first.
    public record Cursor(long startMs, String id) {
        public String text() {
            return "%d_%s".formatted(startMs, id);
        }

        /// @return null when it is none
        public static @Nullable Cursor parse(String text) {
            int cut = text.indexOf('_');
            try {
                return cut < 0
                        ? null
                        : new Cursor(
                                Long.parseLong(text.substring(0, cut)), text.substring(cut + 1));
            } catch (NumberFormatException _) {
                return null;
            }
        }
    }
}
