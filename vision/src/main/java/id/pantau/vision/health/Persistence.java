package id.pantau.vision.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lets a condition begin when it has lasted for long enough, and end when it has been gone for a
/// while; in between nothing changes.
final class Persistence {
    /// It must be gone for so long.
    private static final Duration GONE = Duration.ofSeconds(5);

    private @Nullable Duration since;
    private boolean present;

    boolean isPresent() {
        return present;
    }

    /// @param holds whether it is seen now; null: cannot be said, it stays what it was
    /// @param enough how long it must last to begin
    /// @return whether it has just begun or ended
    boolean look(@Nullable Boolean holds, Duration at, Duration enough) {
        if (holds == null || holds == present) {
            since = null;
            return false;
        }
        Duration from = since;
        if (from == null) {
            since = at;
            return false;
        }
        if (at.minus(from).compareTo(present ? GONE : enough) < 0) {
            return false;
        }
        present = holds;
        since = null;
        return true;
    }

    /// As if it had never been.
    void clear() {
        present = false;
        since = null;
    }
}
