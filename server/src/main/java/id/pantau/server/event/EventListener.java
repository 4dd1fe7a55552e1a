package id.pantau.server.event;

import id.pantau.vision.count.Crossing;
import java.time.Instant;
import java.util.Set;

/// Hears of events as soon as they are stored, on the thread that stores them and one after the
/// other; it returns soon.
public interface EventListener {
    /// @param flaws of the pictures that it began in, as far as is known
    default void began(Event event, Set<PictureFlaw> flaws) {}

    /// It has a snapshot, another class, or an end.
    ///
    /// @param flaws of the pictures that it began in, as far as is known
    default void changed(Event event, Set<PictureFlaw> flaws) {}

    /// The minute that it began in has ended, and something was wrong with its pictures.
    default void judged(Event event, Set<PictureFlaw> flaws) {}

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
