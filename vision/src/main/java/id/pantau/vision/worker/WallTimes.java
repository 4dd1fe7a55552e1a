package id.pantau.vision.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// When the newest pictures of a stream were captured, by their presentation time. Thread-safe.
final class WallTimes {
    private static final int MOST = 512;

    private final TreeMap<Long, Instant> known = new TreeMap<>(); // guarded by this

    synchronized void put(long pts90k, Instant wallTime) {
        known.put(pts90k, wallTime);
        if (known.size() > MOST) {
            known.pollFirstEntry();
        }
    }

    /// Of a picture that is not known any more, by the distance to the next one that is.
    ///
    /// @throws IllegalStateException before the first [#put]
    synchronized Instant at(long pts90k) {
        Map.Entry<Long, Instant> near = known.floorEntry(pts90k);
        if (near == null) {
            near = known.firstEntry();
        }
        if (near == null) {
            throw new IllegalStateException("no picture is known");
        }
        return near.getValue().plus(Duration.ofNanos((pts90k - near.getKey()) * 100_000 / 9));
    }
}
