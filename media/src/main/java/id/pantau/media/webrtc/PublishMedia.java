package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Publication;
import id.pantau.media.rtp.Rtcp;
import id.pantau.media.rtp.RtpReceiver;
import id.pantau.media.rtp.RtpStatistics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A peer that publishes a stream (WHIP): its packets become access units of the publication. Asks
/// for lost packets, reports what it received, and asks for key frames: at the start, after loss,
/// and every few seconds, because a browser makes none by itself and a viewer or a recording can
/// begin nowhere else.
final class PublishMedia implements PeerMedia {
    private static final Duration BUSY = Duration.ofMillis(10);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEY_FRAME_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Connected, but nothing to show for it.
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Publication publication;
    private final RtpReceiver receiver;
    private final List<IncomingTrack> tracks = new ArrayList<>();
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final byte[] scratch = new byte[2048];
    private final ByteBuffer out = ByteBuffer.wrap(scratch);
    private @Nullable SrtpInbound inbound;
    private @Nullable SrtpCipher cipher;
    private @Nullable PeerSession session;
    private int reports;
    private long reportedNanos;
    private long askedNanos;
    private long keyFrameNanos;
    private long keyFrames;
    private long lostAtKeyFrame;
    private long mediaNanos;
    private final LongAdder keyFrameRequests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile long asked;

    PublishMedia(Agreement agreement, Publication publication) {
        this.publication = publication;
        var agreed = new ArrayList<AgreedTrack>();
        AgreedTrack video = agreement.video();
        AgreedTrack audio = agreement.audio();
        if (video != null) {
            agreed.add(video);
        }
        if (audio != null) {
            agreed.add(audio);
        }
        receiver =
                new RtpReceiver(
                        agreed.stream().map(AgreedTrack::track).toList(),
                        Clock.systemUTC(),
                        publication::accept);
        for (int i = 0; i < agreed.size(); i++) {
            tracks.add(new IncomingTrack(agreed.get(i), i, receiver));
        }
    }

    @Override
    public int inboxPackets() {
        return 1024;
    }

    @Override
    public void connected(SrtpKeys keys, PeerSession connected) {
        inbound = new SrtpInbound(keys.incoming());
        cipher = keys.outgoing();
        session = connected;
        long now = System.nanoTime();
        reportedNanos = now;
        keyFrameNanos = now;
        askedNanos = now;
        mediaNanos = now;
    }

    @Override
    public @Nullable StreamEnd packet(byte[] packet) {
        SrtpInbound opened = inbound;
        if (opened == null || packet.length < 2) {
            return null;
        }
        int kind = packet[1] & 0xff;
        boolean rtcp = kind >= 192 && kind < 224; // RFC 5761 §4
        int length = rtcp ? opened.rtcp(packet, packet.length) : opened.rtp(packet, packet.length);
        if (length < 0) {
            rejected.increment();
            return null;
        }
        if (rtcp) {
            return control(ByteBuffer.wrap(packet, 0, length));
        }
        long now = System.nanoTime();
        mediaNanos = now;
        bytes.add(packet.length);
        for (IncomingTrack track : tracks) {
            if (track.take(packet, length, now)) {
                return null;
            }
        }
        rejected.increment();
        return null;
    }

    private @Nullable StreamEnd control(ByteBuffer compound) {
        for (Rtcp.Message message : Rtcp.parse(compound)) {
            switch (message) {
                case Rtcp.SenderReport report -> report(report.ssrc(), compound);
                case Rtcp.Bye bye -> {
                    if (isOurs(bye.ssrc())) {
                        return new StreamEnd(
                                StreamEnd.Reason.CLOSED_BY_CAMERA, "the publisher said goodbye");
                    }
                }
                case Rtcp.ReceiverReport _, Rtcp.SourceDescription _, Rtcp.Other _ -> {}
            }
        }
        return null;
    }

    private void report(int from, ByteBuffer compound) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).started() && tracks.get(i).ssrc() == from) {
                receiver.rtcp(i, compound);
            }
        }
    }

    private boolean isOurs(int from) {
        return tracks.stream().anyMatch(track -> track.started() && track.ssrc() == from);
    }

    @Override
    public @Nullable StreamEnd tick(long nanos) {
        if (!publication.isOpen()) {
            return new StreamEnd(StreamEnd.Reason.STOPPED, "the stream was taken back");
        }
        if (nanos - mediaNanos > SILENCE_NANOS) {
            return new StreamEnd(StreamEnd.Reason.STALLED, "the publisher sends nothing");
        }
        long total = 0;
        for (IncomingTrack track : tracks) {
            ByteBuffer nack = track.tick(nanos, ssrc);
            if (nack != null) {
                send(nack);
            }
            total += track.asked();
        }
        asked = total;
        askForKeyFrame(nanos);
        if (nanos - reportedNanos >= REPORT_NANOS) {
            reportedNanos = nanos;
            for (int i = 0; i < tracks.size(); i++) {
                receiver.receiverReport(i).ifPresent(this::send);
            }
        }
        return null;
    }

    private void askForKeyFrame(long nanos) {
        IncomingTrack video = tracks.getFirst();
        if (!video.agreed().isVideo() || !video.started()) {
            return;
        }
        RtpStatistics statistics = receiver.statistics();
        long lost = statistics.packetsLost() + statistics.accessUnitsDropped();
        if (statistics.keyFrames() != keyFrames) {
            keyFrames = statistics.keyFrames();
            keyFrameNanos = nanos;
            lostAtKeyFrame = lost;
        }
        boolean needed =
                keyFrames == 0 || lost != lostAtKeyFrame || nanos - keyFrameNanos > KEY_FRAME_NANOS;
        if (needed && nanos - askedNanos > ASK_AGAIN_NANOS) {
            askedNanos = nanos;
            keyFrameRequests.increment();
            send(RtcpFeedback.writePictureLoss(ssrc, video.ssrc()));
        }
    }

    private void send(ByteBuffer packet) {
        SrtpCipher protecting = cipher;
        PeerSession peer = session;
        if (protecting != null && peer != null) {
            int length = packet.remaining();
            packet.get(scratch, 0, length);
            int whole = protecting.protectRtcp(scratch, length, ++reports);
            out.clear().limit(whole);
            peer.send(out);
        }
    }

    @Override
    public Duration pause() {
        for (IncomingTrack track : tracks) {
            if (track.isWaiting()) {
                return BUSY;
            }
        }
        return IDLE;
    }

    @Override
    public void ended(StreamEnd end) {
        publication.close(end);
    }

    @Override
    public WebRtcStatistics statistics() {
        RtpStatistics received = receiver.statistics();
        return new WebRtcStatistics(
                0,
                0,
                0,
                asked,
                keyFrameRequests.sum(),
                received.accessUnitsDropped(),
                received.packets(),
                bytes.sum(),
                received.packetsLost(),
                rejected.sum(),
                received.accessUnits());
    }
}
