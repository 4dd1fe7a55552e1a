package id.pantau.server.health;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Who has had the same trouble for so long that a person should look at it: told round by round
/// who has it, by one thread.
public final class LastingTrouble {
    private final Duration patience;
    private final Map<String, Instant> since = new HashMap<>();
    private final Set<String> alarmed = new HashSet<>();
    private final Set<String> troubled = new HashSet<>(); // in the running round

    /// @param patience so long it may be over by itself
    public LastingTrouble(Duration patience) {
        this.patience = patience;
    }

    /// Whether it had the trouble in the last round.
    public boolean isKnown(String id) {
        return since.containsKey(id);
    }

    /// It has the trouble in this round.
    ///
    /// @return whether that lasts too long
    public boolean lasts(String id, Instant now) {
        troubled.add(id);
        return !now.isBefore(since.computeIfAbsent(id, _ -> now).plus(patience));
    }

    /// An alarm was raised for it.
    public void alarmed(String id) {
        alarmed.add(id);
    }

    /// Ends the round.
    ///
    /// @param clear is told of each that had an alarm and has no trouble any more
    public void endRound(Consumer<String> clear) {
        since.keySet().retainAll(troubled);
        for (String id : Set.copyOf(alarmed)) {
            if (!troubled.contains(id)) {
                alarmed.remove(id);
                clear.accept(id);
            }
        }
        troubled.clear();
    }
}
