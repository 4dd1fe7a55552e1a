package id.pantau.media.webrtc;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Times for a peer that never run backwards. A peer that starts, or asks for a key frame, gets a
/// GOP of the past: stamped as it was filmed it would be played behind the present for good, so it
/// is stamped as if filmed within an instant. And each of a stream's sessions has a media clock of
/// its own: they are put behind one another. Not thread-safe.
final class OutgoingClock {
    /// A whole GOP of the past lasts no longer than this.
    private static final long REPLAY_90K = 3600;

    private boolean rebase = true;
    private long shift90k;
    private long floor90k; // pictures come after this
    private long newestPicture90k;
    private long newest90k = ThreadLocalRandom.current().nextLong(1L << 31);
    private long newestNanos = System.nanoTime();

    /// The next unit is on another media clock.
    void sessionEnded() {
        rebase = true;
    }

    /// A picture of the past, in decoding order.
    ///
    /// @param newest the last of those that are replayed together
    /// @param behind how many of those are still to come
    /// @param count of all of those
    AccessUnit replayed(AccessUnit unit, AccessUnit newest, int behind, int count) {
        begin(newest, REPLAY_90K);
        long step = Math.clamp(REPLAY_90K / Math.max(1, count), 1, 90);
        long wanted = newest.dts().ticks90k() + shift90k - behind * step;
        long at = Math.max(wanted, Math.max(floor90k, newestPicture90k) + step);
        floor90k = at;
        return stamped(unit, at, at);
    }

    /// A unit as it comes.
    AccessUnit live(AccessUnit unit) {
        begin(unit, 0);
        long dts = unit.dts().ticks90k() + shift90k;
        long pts = unit.pts().ticks90k() + shift90k;
        if (unit.isVideo() && dts <= floor90k) {
            floor90k++; // the replay ran ahead of the present
            dts = floor90k;
            pts = Math.max(pts, dts);
        }
        if (unit.isVideo()) {
            newestPicture90k = Math.max(newestPicture90k, pts);
        }
        return stamped(unit, dts, pts);
    }

    /// @param room90k for what is stamped before `first`
    private void begin(AccessUnit first, long room90k) {
        if (rebase) {
            rebase = false;
            long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - newestNanos) * 90;
            shift90k = newest90k + Math.max(elapsed, room90k) + 90 - first.dts().ticks90k();
            floor90k = newest90k;
            newestPicture90k = newest90k;
        }
    }

    private AccessUnit stamped(AccessUnit unit, long dts, long pts) {
        newest90k = Math.max(newest90k, pts);
        newestNanos = System.nanoTime();
        return new AccessUnit(
                unit.kind(),
                new MediaTime(dts),
                new MediaTime(pts),
                unit.keyFrame(),
                unit.wallTime(),
                unit.payload());
    }
}
