package id.pantau.media.rtp;

import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What audio and video media tracks have in common on their way in. Not thread-safe.
abstract sealed class TrackReceiver permits VideoTrackReceiver, AudioTrackReceiver {
    /// Sender reports that differ more than this from arrival tell another time, not another delay.
    private static final long TRUSTED_90K = 10 * MediaTime.TICKS_PER_SECOND;

    private final RtpTrack track;
    private final ReceivedSession session;
    private final RtpPacket view = new RtpPacket();
    private final RtpSource source = new RtpSource();
    private final TrackTimeline timeline;
    private long jumpsAtReport;
    private Rtcp.@Nullable SenderReport report;
    private long reportAt90k;
    private long packets;
    private long payloadBytes;
    long malformed;
    long accessUnits;
    long dropped;
    long keyFrames;

    TrackReceiver(RtpTrack track, ReceivedSession session) {
        this.track = track;
        this.session = session;
        this.timeline = new TrackTimeline(Math.max(1, track.clockRateHz()));
    }

    void rtp(ByteBuffer packet) {
        if (!view.wrap(packet) || view.payloadType() != track.payloadType()) {
            malformed++;
            return;
        }
        int missing = source.accept(view);
        if (missing == RtpSource.DROP) {
            return;
        }
        packets++;
        payloadBytes += view.payloadBytes();
        packet(view, missing);
    }

    /// @param missing how many packets are missing before it, or [RtpSource#RESTARTED]
    abstract void packet(RtpPacket packet, int missing);

    /// A unit is complete: reads the clocks once for it.
    void arrived(int timestamp) {
        session.arrival().tick();
        source.arrived(timestamp, session.arrival().elapsed90k() * track.clockRateHz() / 90_000);
    }

    /// The session's media time of a unit, after [#arrived].
    long mediaTime(int timestamp, long natural90k) {
        ArrivalClock arrival = session.arrival();
        long expected = session.expectedMedia();
        long media;
        if (timeline.started()) {
            media = timeline.next(timestamp, natural90k, expected, arrival);
        } else {
            media = expected;
            timeline.start(timestamp, media, arrival);
            session.align();
            timeline.shiftAsWanted();
            media = timeline.mediaOf(timestamp);
        }
        session.observe(this, media);
        return media;
    }

    void senderReport(Rtcp.SenderReport next) {
        report = next;
        reportAt90k = session.arrival().elapsed90k();
        jumpsAtReport = timeline.jumps();
    }

    /// By how much this track is ahead of another one, by what their sender reports say; 0 when
    /// they say nothing that can be believed.
    long aheadOf(TrackReceiver other) {
        var mine = report;
        var theirs = other.report;
        if (mine == null
                || theirs == null
                || mine.ntp() == 0
                || theirs.ntp() == 0
                || !timeline.started()
                || !other.timeline.started()
                || jumpsAtReport != timeline.jumps()
                || other.jumpsAtReport != other.timeline.jumps()) {
            return 0;
        }
        long media =
                timeline.mediaOf(mine.rtpTimestamp())
                        - other.timeline.mediaOf(theirs.rtpTimestamp());
        long ntp = ntpDifference90k(mine.ntp(), theirs.ntp());
        long ahead = media - ntp;
        return Math.abs(ahead) > TRUSTED_90K ? 0 : ahead;
    }

    Rtcp.ReportBlock reportBlock() {
        var newest = report;
        if (newest == null) {
            return source.report(0, 0);
        }
        long since = session.arrival().elapsed90k() - reportAt90k;
        return source.report((int) (newest.ntp() >>> 16), since * 65_536 / 90_000);
    }

    boolean started() {
        return source.started();
    }

    TrackTimeline timeline() {
        return timeline;
    }

    RtpTrack track() {
        return track;
    }

    RtpSource source() {
        return source;
    }

    long packets() {
        return packets;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    /// @return a number of the format parameters; 0 when absent or not a number
    static int number(RtpTrack track, String parameter) {
        String value = track.fmtp().get(parameter);
        if (value == null) {
            return 0;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static long ntpDifference90k(long later, long earlier) {
        long difference = later - earlier; // 32.32 s, signed; exact for 68 years
        long seconds = difference >> 32;
        long fraction = difference & 0xffff_ffffL;
        return seconds * 90_000 + (fraction * 90_000 >>> 32);
    }
}
