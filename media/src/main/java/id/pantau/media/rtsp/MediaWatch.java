package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.SignalSink;
import java.time.Duration;

/// Stands before the sink and notices when media stops coming. Time is what the receive loop last
/// told it, so that no unit costs a look at the clock.
final class MediaWatch implements SignalSink {
    private final SignalSink sink;
    private final RtspTimeouts timeouts;
    private final boolean hasVideo;
    private long nowNanos;
    private long lastUnitNanos;
    private long lastKeyFrameNanos;
    private boolean anyUnit;
    private long unitsSeen;
    private long packetsLost;
    private long packetsLostAtKeyFrame;

    MediaWatch(SignalSink sink, RtspTimeouts timeouts, boolean hasVideo) {
        this.sink = sink;
        this.timeouts = timeouts;
        this.hasVideo = hasVideo;
    }

    @Override
    public boolean isAwaited() {
        return sink.isAwaited();
    }

    Duration stall() {
        return timeouts.stall();
    }

    /// Playing begins: the time without media counts from here.
    void start(long nanoTime) {
        nowNanos = nanoTime;
        lastUnitNanos = nanoTime;
        lastKeyFrameNanos = nanoTime;
    }

    @Override
    public void accept(StreamSignal signal) {
        if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
            anyUnit = true;
            lastUnitNanos = nowNanos;
            if (unit.isVideo() && unit.keyFrame()) {
                lastKeyFrameNanos = nowNanos;
                packetsLostAtKeyFrame = packetsLost;
            }
        }
        sink.accept(signal);
    }

    /// Called once per read, before its packets are handed on.
    void tick(long nanoTime) {
        nowNanos = nanoTime;
    }

    /// Units that are held back until a key frame comes are media, too.
    ///
    /// @param units how many came since the session began
    void seen(long units) {
        if (units != unitsSeen) {
            unitsSeen = units;
            anyUnit = true;
            lastUnitNanos = nowNanos;
        }
    }

    /// @param packets how many were lost since the session began
    void lost(long packets) {
        packetsLost = packets;
    }

    /// @param where host and port, for the sentence
    /// @throws AttemptOverException when nothing came for too long
    void check(String where) throws AttemptOverException {
        if (nowNanos - lastUnitNanos > timeouts.stall().toNanos()) {
            String what = anyUnit ? "stopped sending media for" : "sent no media for";
            throw new AttemptOverException(
                    Reason.STALLED, "%s %s %s.".formatted(where, what, seconds(timeouts.stall())));
        }
        if (hasVideo && nowNanos - lastKeyFrameNanos > timeouts.keyFrame().toNanos()) {
            throw withoutKeyFrame(where);
        }
    }

    /// A camera is not to blame for key frames that lose a packet on the way.
    private AttemptOverException withoutKeyFrame(String where) {
        long lost = packetsLost - packetsLostAtKeyFrame;
        String limit = seconds(timeouts.keyFrame());
        return lost == 0
                ? new AttemptOverException(
                        Reason.NO_KEY_FRAME, "%s sent no key frame for %s.".formatted(where, limit))
                : new AttemptOverException(
                        Reason.PACKET_LOSS,
                        "No key frame of %s came whole for %s: %d packets were lost on the way."
                                .formatted(where, limit, lost));
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
