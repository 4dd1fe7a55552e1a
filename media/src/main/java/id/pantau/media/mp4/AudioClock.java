package id.pantau.media.mp4;

/// Places audio frames on the timeline of their media track: frames that follow each other within
/// the tolerance follow exactly, so that a rounded or jittering source clock leaves no seams and no
/// drift; a real jump is kept.
final class AudioClock {
    private final int timescale;
    private long expected = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;

    AudioClock(int timescale) {
        this.timescale = timescale;
    }

    /// Moves everything that was placed, when the zero of the timeline moves.
    void shift(long samples) {
        if (last != Long.MIN_VALUE) {
            last += samples;
            expected += samples;
        }
    }

    /// @param measured where the source places it, in samples
    /// @param samples how long it is
    /// @return where it goes; later than every one before it
    long place(long measured, int samples) {
        long time = measured;
        if (last != Long.MIN_VALUE) {
            long tolerance = Math.clamp(samples / 2, timescale / 200, timescale / 25);
            time =
                    Math.abs(measured - expected) <= tolerance
                            ? expected
                            : Math.max(measured, last + 1);
        }
        last = time;
        expected = time + samples;
        return time;
    }
}
