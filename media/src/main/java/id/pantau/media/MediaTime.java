package id.pantau.media;

import java.time.Duration;

/// A point on one stream's media clock, in ticks of 1/90000 s (RFC 6184 §5.1, RFC 7798 §4.1). Audio
/// and video of one RTSP session share the clock. The zero is arbitrary: times of two sessions are
/// never compared; wall clock is [java.time.Instant].
public record MediaTime(long ticks90k) implements Comparable<MediaTime> {
    public static final long TICKS_PER_SECOND = 90_000;
    public static final MediaTime ZERO = new MediaTime(0);

    /// @param ticks position in units of `1/timescale` s
    public static MediaTime of(long ticks, int timescale) {
        return new MediaTime(rescale(ticks, timescale, (int) TICKS_PER_SECOND));
    }

    /// @return how long after `earlier` this is; negative when it is before
    public Duration since(MediaTime earlier) {
        return Duration.ofNanos((ticks90k - earlier.ticks90k) * 100_000 / 9);
    }

    public MediaTime plus(Duration duration) {
        return new MediaTime(ticks90k + duration.toNanos() * 9 / 100_000);
    }

    /// This point in units of `1/timescale` s, rounded to the nearest. For timescales up to 90000
    /// the way there and back is exact.
    public long in(int timescale) {
        return rescale(ticks90k, (int) TICKS_PER_SECOND, timescale);
    }

    @Override
    public int compareTo(MediaTime other) {
        return Long.compare(ticks90k, other.ticks90k);
    }

    private static long rescale(long value, int from, int to) {
        long whole = Math.floorDiv(value, from);
        long rest = Math.floorMod(value, (long) from);
        return whole * to + (rest * to + from / 2) / from;
    }
}
