package id.pantau.media.rtp;

/// Turns one media track's RTP timestamps into the session's media time: unwraps them, and replaces
/// those that make no sense by what arrival says. Not thread-safe.
final class TrackTimeline {
    private static final long SECOND = 90_000;

    /// Steps farther than this beyond what arrival can explain are a clock that jumped.
    private static final long JUMP = 2 * SECOND;

    /// So far may a clock that stood still lag behind and catch up by itself.
    private static final long LAG = SECOND / 2;

    private static final long RATE_WINDOW = 10 * SECOND;
    private static final int ODD_WINDOWS = 3;

    private final int clockRateHz;
    private boolean started;
    private int lastTimestamp;
    private long unwrapped; // RTP ticks since `base90k` was set
    private long base90k;
    private double rate = 1; // media ticks per announced tick; other than 1 when the SDP lies
    private long last90k;
    private long newest90k = Long.MIN_VALUE;
    private long lastArrival90k;
    private long lastLongest90k;
    private boolean standing;
    private long correction90k;
    private long replaced;
    private long jumps;
    private long windowArrival90k;
    private long windowMedia90k;
    private boolean windowSpoilt;
    private int oddWindows;
    private double oddRatio;

    TrackTimeline(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /// Begins at a place on the session's clock.
    void start(int timestamp, long media90k, ArrivalClock arrival) {
        started = true;
        lastTimestamp = timestamp;
        rebase(media90k);
        last90k = media90k;
        newest90k = Math.max(newest90k, media90k);
        lastArrival90k = arrival.elapsed90k();
        lastLongest90k = arrival.longest90k();
        beginWindow();
    }

    /// @param timestamp of the next unit
    /// @param natural90k how long after the unit before it should be, from the codec; 0 when
    ///   unknown
    /// @param expected90k what the server's clock makes of now, on the session's clock
    /// @return media time; ascending unless pictures are reordered
    long next(int timestamp, long natural90k, long expected90k, ArrivalClock arrival) {
        int raw = timestamp - lastTimestamp;
        long arrivalStep = Math.max(0, arrival.elapsed90k() - lastArrival90k);
        long longestStep = Math.max(0, arrival.longest90k() - lastLongest90k);
        lastArrival90k = arrival.elapsed90k();
        lastLongest90k = arrival.longest90k();
        lastTimestamp = timestamp;
        unwrapped += raw;
        long mapped = mapped(0);
        long step = Math.round((double) raw * SECOND / clockRateHz * rate);
        long instead = newest90k + Math.max(1, natural90k > 0 ? natural90k : arrivalStep);
        long media;
        if (raw == 0) {
            media = instead;
            standing = true;
            replaced++;
        } else if (step < -JUMP || (step > longestStep + JUMP && mapped > expected90k + JUMP)) {
            media = instead;
            replaceBy(media);
            jumps++;
        } else if (standing && mapped <= newest90k) {
            media = newest90k + Math.clamp(step, 1, Math.max(1, arrivalStep));
            if (newest90k - mapped > LAG) {
                replaceBy(media);
            } else {
                replaced++;
            }
        } else {
            media = mapped + correct(step);
            standing = false;
        }
        last90k = media;
        newest90k = Math.max(newest90k, media);
        watchRate();
        return media;
    }

    boolean started() {
        return started;
    }

    /// The media time of another timestamp nearby, before or after the last one.
    long mediaOf(int timestamp) {
        return mapped(timestamp - lastTimestamp);
    }

    /// Moves everything that follows.
    void shift(long by90k) {
        base90k += by90k;
        last90k += by90k;
        newest90k += by90k;
        windowMedia90k += by90k;
    }

    /// Wants everything that follows moved: forward at once, back by running at half speed until it
    /// is done, so that time never goes backwards.
    void wantShift(long by90k) {
        correction90k = by90k;
    }

    /// Does at once what [#wantShift] asked for: nothing was handed on yet.
    void shiftAsWanted() {
        shift(correction90k);
        correction90k = 0;
    }

    long replaced() {
        return replaced;
    }

    /// How often the mapping to media time was given up; older sender reports mean nothing then.
    long jumps() {
        return jumps;
    }

    private long correct(long step) {
        if (correction90k == 0) {
            return 0;
        }
        long now =
                correction90k > 0 ? correction90k : Math.max(correction90k, -Math.max(0, step) / 2);
        correction90k -= now;
        base90k += now;
        windowMedia90k += now;
        return now;
    }

    private void replaceBy(long media90k) {
        replaced++;
        standing = false;
        windowSpoilt = true;
        rebase(media90k);
    }

    private void rebase(long media90k) {
        base90k = media90k;
        unwrapped = 0;
    }

    private long mapped(int ahead) {
        long ticks = unwrapped + ahead;
        if (rate != 1) {
            return base90k + Math.round((double) ticks * SECOND / clockRateHz * rate);
        }
        long whole = Math.floorDiv(ticks, clockRateHz);
        long rest = Math.floorMod(ticks, (long) clockRateHz);
        return base90k + whole * SECOND + (rest * SECOND + clockRateHz / 2) / clockRateHz;
    }

    /// A clock that keeps running at a wholly different rate than announced is believed to.
    private void watchRate() {
        long arrived = lastArrival90k - windowArrival90k;
        if (arrived < RATE_WINDOW) {
            return;
        }
        double ratio = (double) (last90k - windowMedia90k) / arrived;
        boolean odd = !windowSpoilt && ratio > 0 && (ratio < 0.6 || ratio > 1.6);
        boolean same = Math.abs(ratio - oddRatio) < 0.05 * ratio; // congestion is never so regular
        oddWindows = !odd ? 0 : same ? oddWindows + 1 : 1;
        oddRatio = ratio;
        if (oddWindows >= ODD_WINDOWS) {
            oddWindows = 0;
            rebase(last90k);
            rate = Math.clamp(rate / ratio, 1e-5, 1e5);
            replaced++;
            jumps++;
        }
        beginWindow();
    }

    private void beginWindow() {
        windowArrival90k = lastArrival90k;
        windowMedia90k = last90k;
        windowSpoilt = false;
    }
}
