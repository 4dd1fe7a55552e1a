package id.pantau.server.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Triggers on their way to a recorder. Whoever brings one never waits: what touches becomes one,
/// and when too many wait, the new one is joined to a waiting one of its reason, which then keeps
/// more than was asked for, never less.
final class Triggers {
    private static final int MOST = 256;

    private final Object lock = new Object();
    private final List<Trigger> waiting = new ArrayList<>(); // guarded by lock
    private @Nullable End end; // guarded by lock
    private volatile boolean any;

    /// @param atMs UTC epoch ms
    record End(Set<Reason> reasons, long atMs) {}

    /// @param ended what ended before the triggers came; null for nothing
    record Taken(@Nullable End ended, List<Trigger> triggers) {}

    void add(Trigger trigger) {
        synchronized (lock) {
            boolean crowded = waiting.size() >= MOST;
            Duration within = crowded ? Trigger.LONGEST : Duration.ZERO;
            Trigger whole = trigger;
            for (int i = waiting.size() - 1; i >= 0; i--) {
                if (waiting.get(i).joins(whole, within)) {
                    whole = waiting.remove(i).with(whole);
                    break;
                }
            }
            waiting.add(whole);
            any = true;
        }
    }

    boolean any() {
        return any;
    }

    void end(Set<Reason> reasons, long atMs) {
        synchronized (lock) {
            waiting.replaceAll(trigger ->
                    reasons.contains(trigger.reason()) ? trigger.endedAt(atMs) : trigger);
            end = new End(Set.copyOf(reasons), atMs);
            any = true;
        }
    }

    Taken take() {
        synchronized (lock) {
            var taken = new Taken(end, List.copyOf(waiting));
            waiting.clear();
            end = null;
            any = false;
            return taken;
        }
    }
}
