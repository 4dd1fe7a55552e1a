package id.pantau.server.recording;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import org.jspecify.annotations.Nullable;

/// Where on the wall clock a stream's units lie: a timeline that never goes back and never loses
/// footage, whatever the server's clock does (docs/decisions/0001-recording-clock.md).
///
/// Inside a session the media clock leads. While it agrees with the wall clock within 250 ms
/// nothing is corrected: files and timeline then run alike. Up to 2 s apart, the timeline is slewed
/// back into that band by at most 500 ppm. When the wall clock jumped forward, the timeline jumps
/// with it at the next key frame. When it was set back, the timeline goes on and lets the wall
/// clock catch up, 5 % slower than real time. Used by the recorder's thread only.
final class Placement {
    static final long STEP_NANOS = 2_000_000_000L;
    private static final long SETTLED_NANOS = 100_000_000L;

    /// Arrival times say no more than this: cameras hold pictures back for so long before they
    /// send.
    private static final long AGREED_NANOS = 250_000_000L;

    private static final long LONG_PAUSE_NANOS = 10_000_000_000L;
    private static final double SLEW = 500e-6;
    private static final double CATCH_UP = 0.05;

    private @Nullable MediaTime anchorTime;
    private long anchorPlacedNanos;
    private long anchorWallNanos;
    private boolean holding;
    private boolean stepped;

    /// @param reference whether it is of the media track that leads: video where there is any
    /// @param earliestMs a new session begins no earlier
    /// @return UTC epoch ms
    long place(AccessUnit unit, boolean reference, long earliestMs) {
        stepped = false;
        long wall = nanos(unit);
        MediaTime anchor = anchorTime;
        if (anchor == null) {
            return beginSession(unit, wall, earliestMs);
        }
        long elapsed = unit.dts().since(anchor).toNanos();
        long predicted = anchorPlacedNanos + elapsed;
        if (!reference || elapsed <= 0) {
            return ms(predicted);
        }
        long difference = wall - predicted;
        if (difference > STEP_NANOS) {
            return stepForward(unit, wall, predicted);
        }
        if (difference < -STEP_NANOS && elapsed > LONG_PAUSE_NANOS) {
            // the media clock jumped, not the wall clock: as good as a new session
            anchorTime = null;
            stepped = unit.keyFrame();
            return beginSession(unit, wall, Math.max(earliestMs, ms(anchorPlacedNanos)));
        }
        holding = difference < (holding ? -SETTLED_NANOS : -STEP_NANOS);
        long limit = (long) (elapsed * (holding ? CATCH_UP : SLEW));
        long correction = holding ? difference : beyondAgreed(difference);
        return anchorAt(unit, wall, predicted + Math.clamp(correction, -limit, limit));
    }

    private static long beyondAgreed(long difference) {
        return difference - Math.clamp(difference, -AGREED_NANOS, AGREED_NANOS);
    }

    /// Only a key frame can begin the file that the jump needs: until then the old line goes on.
    private long stepForward(AccessUnit unit, long wall, long predicted) {
        if (!unit.keyFrame()) {
            return ms(predicted);
        }
        stepped = true;
        holding = false;
        return anchorAt(unit, wall, wall);
    }

    /// After the clock was set back, the time between two sessions is kept: the line continues as
    /// far ahead of the clock as it was, less what could be caught up meanwhile.
    private long beginSession(AccessUnit unit, long wall, long earliestMs) {
        long ahead = holding ? anchorPlacedNanos - anchorWallNanos : 0;
        long caughtUp = (long) (Math.max(0, wall - anchorWallNanos) * CATCH_UP);
        long placed = wall + Math.max(0, ahead - caughtUp);
        placed = Math.max(placed, earliestMs * 1_000_000);
        holding = placed - wall > STEP_NANOS;
        return anchorAt(unit, wall, placed);
    }

    private long anchorAt(AccessUnit unit, long wall, long placed) {
        anchorTime = unit.dts();
        anchorWallNanos = wall;
        anchorPlacedNanos = placed;
        return ms(placed);
    }

    /// The media clock of the next unit is another one.
    void endSession() {
        anchorTime = null;
    }

    /// Whether the last unit placed lies where the timeline jumped; a new file begins there.
    boolean stepped() {
        return stepped;
    }

    /// How far the timeline is ahead of a clock that was set back; 0 while they agree.
    long aheadMs() {
        return holding ? (anchorPlacedNanos - anchorWallNanos) / 1_000_000 : 0;
    }

    private static long nanos(AccessUnit unit) {
        var wall = unit.wallTime();
        return wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
    }

    private static long ms(long nanos) {
        return Math.floorDiv(nanos + 500_000, 1_000_000L);
    }
}
