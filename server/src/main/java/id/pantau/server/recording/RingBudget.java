package id.pantau.server.recording;

import id.pantau.media.hub.CacheBudget;

/// What the rings of all cameras hold together. When it gets tight, what was looked at goes first;
/// when it is spent, what nobody has looked at goes to the disk. Running GOPs do not count against
/// a camera: its hub holds them anyway. Thread-safe.
final class RingBudget {
    private final CacheBudget tight;
    private final CacheBudget all;

    RingBudget(long bytes) {
        tight = new CacheBudget(bytes / 3 * 2);
        all = new CacheBudget(bytes);
    }

    /// @param change of the bytes one ring holds
    void add(long change) {
        tight.add(change);
        all.add(change);
    }

    boolean isTight() {
        return tight.exceeded();
    }

    boolean isSpent() {
        return all.exceeded();
    }
}
