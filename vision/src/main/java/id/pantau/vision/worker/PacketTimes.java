package id.pantau.vision.worker;

import java.util.HashMap;
import java.util.Map;

/// Gives the packets of all media tracks times that an FLV file may have: from zero, never back
/// within one media track, and through a jump of the source's clock as if there had been none. Not
/// thread-safe.
final class PacketTimes {
    /// What libavformat says when a packet has no time (`AV_NOPTS_VALUE`).
    static final long UNKNOWN = Long.MIN_VALUE;

    /// Media tracks may be so far apart; further back or ahead is a jump.
    private static final long JUMP_MS = 5000;

    private static final long STEP_MS = 40; // across a jump: about one picture

    /// @param dtsMs from zero
    /// @param ptsMs as long after it as it was
    record Times(long dtsMs, long ptsMs) {}

    private final Map<Integer, Long> lastDtsMs = new HashMap<>();
    private boolean started;
    private long offsetMs;
    private long newestMs;

    /// @param track any number that names it
    /// @param dtsMs or [#UNKNOWN]
    /// @param ptsMs or [#UNKNOWN]
    Times next(int track, long dtsMs, long ptsMs) {
        long last = lastDtsMs.getOrDefault(track, 0L);
        long known = dtsMs != UNKNOWN ? dtsMs : ptsMs;
        long dts = known == UNKNOWN ? last : placed(known);
        long monotonic = Math.max(dts, last);
        long composition = ptsMs == UNKNOWN || dtsMs == UNKNOWN ? 0 : ptsMs - dtsMs;
        lastDtsMs.put(track, monotonic);
        newestMs = Math.max(newestMs, monotonic);
        return new Times(monotonic, monotonic + composition);
    }

    private long placed(long sourceMs) {
        if (!started) {
            started = true;
            offsetMs = -sourceMs;
        }
        long placed = sourceMs + offsetMs;
        if (placed < newestMs - JUMP_MS || placed > newestMs + JUMP_MS) {
            offsetMs = newestMs + STEP_MS - sourceMs;
            placed = newestMs + STEP_MS;
        }
        return placed;
    }
}
