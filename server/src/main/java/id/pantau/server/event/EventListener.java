package id.pantau.server.event;

import id.pantau.vision.count.Crossing;
import java.time.Instant;

/// Hears of events, on the thread of the camera's analysis; it returns soon.
public interface EventListener {
    default void began(Event event) {}

    /// It has a snapshot, another class, or an end.
    default void changed(Event event) {}

    /// @param line its id
    /// @param label class of the object
    default void crossed(
            String camera,
            String line,
            long track,
            Crossing.Direction direction,
            String label,
            Instant at) {}
}
