package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The newest GOPs of a stream, oldest first. Guarded by its hub's lock. A stream without video
/// counts every audio frame as a GOP of its own.
final class GopCache {
    private static final class Gop {
        final List<AccessUnit> units = new ArrayList<>();
        long bytes;
    }

    private final StreamHub.CacheLimits limits;
    private final CacheBudget budget;
    private final Deque<Gop> gops = new ArrayDeque<>();
    private boolean video = true;
    private long bytes;

    GopCache(StreamHub.CacheLimits limits, CacheBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    void clear(StreamFormat format) {
        video = format.video() != null;
        clear();
    }

    void clear() {
        gops.clear();
        count(-bytes);
    }

    void add(AccessUnit unit) {
        if (unit.keyFrame() && unit.isVideo() == video) {
            gops.addLast(new Gop());
        }
        Gop newest = gops.peekLast();
        if (newest == null) {
            return; // nothing to decode from yet
        }
        newest.units.add(unit);
        newest.bytes += unit.sizeBytes();
        count(unit.sizeBytes());
        trim(unit);
    }

    List<AccessUnit> newestGop() {
        Gop newest = gops.peekLast();
        return newest == null ? List.of() : newest.units;
    }

    List<AccessUnit> all() {
        return gops.stream().flatMap(gop -> gop.units.stream()).toList();
    }

    private void trim(AccessUnit newest) {
        while (gops.size() > 1 && (bytes > limits.bytes() || budget.exceeded() || tooOld(newest))) {
            count(-gops.removeFirst().bytes);
        }
        if (bytes > limits.bytes()) {
            clear();
        }
    }

    private void count(long change) {
        bytes += change;
        budget.add(change);
    }

    /// Whether the cache still covers the wanted time without its oldest GOP.
    private boolean tooOld(AccessUnit newest) {
        var iterator = gops.iterator();
        iterator.next();
        AccessUnit second = iterator.next().units.getFirst();
        return newest.dts().since(second.dts()).compareTo(limits.preRoll()) >= 0;
    }
}
