package id.pantau.server.event;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// @param next where the following page begins; null: there is none
public record EventPage(List<Row> events, EventQuery.@Nullable Cursor next) {
    /// @param seen by the reader of the query
    /// @param flaws of the pictures it began in, as far as is known
    public record Row(Event event, boolean seen, Set<PictureFlaw> flaws) {}
}
