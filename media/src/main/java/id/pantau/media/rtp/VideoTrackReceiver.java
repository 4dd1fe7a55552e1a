package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.H265Nal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The video media track of a session: packets to access units. After loss nothing is handed on
/// until the next key frame. Not thread-safe.
final class VideoTrackReceiver extends TrackReceiver {
    private static final long USUAL_INTERVAL = MediaTime.TICKS_PER_SECOND / 25;

    /// A gap that lasts longer is told while it lasts. With one packet in ten lost, a key frame of
    /// twenty packets comes whole once in eight times: a minute may pass between two.
    private static final long TELL_AFTER = MediaTime.TICKS_PER_SECOND;

    private final ReceivedSession session;
    private final Codec codec;
    private final ParameterSets parameterSets;
    private final AccessUnitBuilder builder;
    private final NalDepacketizer depacketizer;
    private final DecodeTimes decodeTimes = new DecodeTimes();
    private @Nullable VideoFormat format;
    private int timestamp;
    private boolean open; // an access unit is being collected
    private boolean lossBefore; // packets are missing right before the open access unit
    private int finishedTimestamp;
    private boolean finishedByMarker;
    private boolean markerUnreliable;
    private boolean boundariesTold; // by a marker or a change of timestamp, at least once
    private boolean waitingForKeyFrame = true;
    private boolean skippingLeading;
    private @Nullable GapCause gap;
    private boolean gapTold;
    private long lastDts = Long.MIN_VALUE;
    private long newestPts = Long.MIN_VALUE;
    private long interval = USUAL_INTERVAL;

    VideoTrackReceiver(RtpTrack track, ReceivedSession session) {
        super(track, session);
        this.session = session;
        this.codec = track.codec();
        this.parameterSets = new ParameterSets(codec);
        this.builder = new AccessUnitBuilder(codec, parameterSets);
        this.depacketizer =
                codec == Codec.H265
                        ? new NalDepacketizer.H265(number(track, "sprop-max-don-diff") > 0)
                        : new NalDepacketizer.H264();
        offerAnnounced(track, "sprop-parameter-sets");
        offerAnnounced(track, "sprop-vps");
        offerAnnounced(track, "sprop-sps");
        offerAnnounced(track, "sprop-pps");
    }

    @Override
    void packet(RtpPacket packet, int missing) {
        if (missing != 0) {
            lose(packet, missing == RtpSource.RESTARTED);
        }
        boundariesTold |= packet.marker() || (open && packet.timestamp() != timestamp);
        if (open && (packet.timestamp() != timestamp || beginsNextPicture(packet))) {
            finish();
        }
        if (!open) {
            if (isRestOfFinished(packet)) {
                return;
            }
            open = true;
            timestamp = packet.timestamp();
        }
        long malformedUnits = builder.malformed();
        boolean wellFormed =
                depacketizer.payload(
                        packet.buffer(), packet.payloadAt(), packet.payloadBytes(), builder);
        if (!wellFormed) {
            malformed++;
        }
        malformed += builder.malformed() - malformedUnits;
        if (packet.marker() && !markerUnreliable) {
            builder.endUnit();
            if (builder.hasSlice() || builder.damaged()) {
                finish();
                finishedByMarker = true;
            }
        }
    }

    /// Some cameras set the marker on every slice: what follows with the same timestamp belongs to
    /// the picture that was thought finished. From then on only timestamps count.
    private boolean isRestOfFinished(RtpPacket packet) {
        finishedByMarker &=
                packet.timestamp() == finishedTimestamp && PictureStart.follows(codec, packet);
        if (finishedByMarker && !markerUnreliable) {
            markerUnreliable = true;
            beginGap(GapCause.CAMERA);
        }
        return finishedByMarker;
    }

    /// A clock that stands still and no marker, either: the slices themselves must tell.
    private boolean beginsNextPicture(RtpPacket packet) {
        return !boundariesTold && builder.hasSlice() && PictureStart.begins(codec, packet);
    }

    private void lose(RtpPacket packet, boolean restarted) {
        beginGap(GapCause.NETWORK);
        builder.abandonUnit();
        if (open && packet.timestamp() == timestamp && !restarted) {
            builder.markDamaged();
        } else if (open) {
            builder.markDamaged(); // its end may be missing
            finish();
        }
        lossBefore = true;
        finishedByMarker = false;
    }

    /// The decoder configuration changed: pictures are of use again from the next key frame on.
    void awaitKeyFrame() {
        waitingForKeyFrame = true;
        decodeTimes.restart();
    }

    private void beginGap(GapCause cause) {
        waitingForKeyFrame = true;
        decodeTimes.restart();
        if (gap == null) {
            gap = cause;
        }
    }

    private void finish() {
        builder.endUnit();
        open = false;
        finishedByMarker = false;
        finishedTimestamp = timestamp;
        if (builder.hasSlice() || builder.damaged()) {
            arrived(timestamp);
            long pts = mediaTime(timestamp, 0);
            if (builder.hasSlice() && isWhole()) {
                handOn(pts);
            } else {
                dropped++;
                beginGap(GapCause.CAMERA);
            }
            tellGap(pts);
            lossBefore = false;
        }
        builder.clear();
    }

    private boolean isWhole() {
        return !builder.damaged() && (!lossBefore || builder.beginsWithFirstSlice());
    }

    private void handOn(long pts) {
        boolean keyFrame = builder.keyFrame();
        if (keyFrame || format == null) {
            updateFormat();
        }
        if (format == null || (waitingForKeyFrame && !keyFrame) || isUndecodableLeading()) {
            dropped++;
            return;
        }
        if (keyFrame) {
            int type = builder.firstSliceType();
            skippingLeading =
                    waitingForKeyFrame
                            && codec == Codec.H265
                            && type != H265Nal.IDR_N_LP
                            && type != H265Nal.IDR_W_RADL;
        }
        long dts = decodeTimes.next(pts, interval);
        long step = dts - lastDts;
        if (lastDts != Long.MIN_VALUE && gap == null && step < MediaTime.TICKS_PER_SECOND) {
            interval = step;
        }
        lastDts = dts;
        long shown = pts;
        if (dts > pts) {
            shown = dts;
            if (decodeTimes.shift() > 0) {
                session.shift(decodeTimes.shift());
            }
        }
        waitingForKeyFrame = false;
        closeGap(shown);
        newestPts = Math.max(newestPts, shown);
        accessUnits++;
        keyFrames += keyFrame ? 1 : 0;
        session.emit(
                new AccessUnit(
                        MediaKind.VIDEO,
                        new MediaTime(dts),
                        new MediaTime(shown),
                        keyFrame,
                        session.instantAt(shown),
                        builder.payload()));
    }

    private boolean isUndecodableLeading() {
        if (!skippingLeading || builder.keyFrame()) {
            return false;
        }
        skippingLeading =
                builder.firstSliceType() <= H265Nal.RASL_R && builder.firstSliceType() > 5;
        return builder.skippedLeading();
    }

    /// A gap without an end yet has no length.
    private void tellGap(long pts) {
        GapCause cause = gap;
        if (cause != null
                && !gapTold
                && newestPts != Long.MIN_VALUE
                && pts - newestPts > TELL_AFTER) {
            gapTold = true;
            session.emitGap(Duration.ZERO, cause);
        }
    }

    private void closeGap(long pts) {
        GapCause cause = gap;
        gap = null;
        gapTold = false;
        if (cause == null || newestPts == Long.MIN_VALUE) {
            return;
        }
        long missing = pts - newestPts - interval;
        if (missing > interval / 2) { // else only parameter sets or the like were lost
            session.emitGap(new MediaTime(missing).since(MediaTime.ZERO), cause);
        }
    }

    private void updateFormat() {
        VideoFormat next =
                parameterSets.format(
                        builder.array(), builder.firstSliceAt(), builder.firstSliceBytes());
        if (next == null || next.equals(format)) {
            return;
        }
        decodeTimes.configure(next.reorderDepth(), !parameterSets.reorderDepthKnown());
        if (format == null && next.fps() > 1) {
            interval = Math.round(MediaTime.TICKS_PER_SECOND / next.fps());
        }
        format = next;
        session.videoFormat(next);
    }

    private void offerAnnounced(RtpTrack track, String parameter) {
        String value = track.fmtp().get(parameter);
        if (value == null) {
            return;
        }
        for (String part : value.split(",")) {
            byte[] unit;
            try {
                unit = Base64.getDecoder().decode(part.strip());
            } catch (IllegalArgumentException _) {
                continue; // cameras announce all kinds of things; the truth comes in band
            }
            offer(unit);
        }
    }

    /// Some cameras announce their sets with start codes, or several in one.
    private void offer(byte[] unit) {
        builder.unit(ByteBuffer.wrap(unit), 0, unit.length);
        builder.clear();
    }
}
