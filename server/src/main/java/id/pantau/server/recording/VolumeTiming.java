package id.pantau.server.recording;

import java.time.Duration;

/// How often a volume is looked at, and what counts as slow.
///
/// @param flushEvery how often written bytes are forced to disk, at most 1 s: with fragments of 1
///   s, losing power costs at most 2 s
/// @param checkEvery how often identity and free space are looked at, and a sick volume is tried
/// @param slowAfter a write or force that takes longer is slow; [#SLOW_IN_A_ROW] of them make the
///   volume slow
/// @param stuckAfter an operation that runs longer makes it slow at once
public record VolumeTiming(
        Duration flushEvery, Duration checkEvery, Duration slowAfter, Duration stuckAfter) {
    static final int SLOW_IN_A_ROW = 5;

    public static final VolumeTiming DEFAULT =
            new VolumeTiming(
                    Duration.ofMillis(900),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(750),
                    Duration.ofSeconds(4));

    public VolumeTiming {
        if (flushEvery.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("flushing must happen every second: " + flushEvery);
        }
    }
}
