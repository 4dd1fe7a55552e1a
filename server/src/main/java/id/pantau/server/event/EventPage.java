package id.pantau.server.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param next where the following page begins; null: there is none
public record EventPage(List<Row> events, EventQuery.@Nullable Cursor next) {
    /// @param seen by the reader of the query
    public record Row(Event event, boolean seen) {}
}
