package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import id.pantau.media.rtp.Rtcp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A peer that plays a stream (WHEP): a [PlaySender] sends, and what the peer reports and asks for
/// is answered here.
final class PlayMedia implements PeerMedia, RtcpFeedback.Requests {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Agreement agreement;
    private final PlaySource source;
    private List<OutgoingTrack> tracks = List.of();
    private List<Resender> resenders = List.of();
    private @Nullable SrtpInbound inbound;
    private @Nullable Thread thread;
    private volatile @Nullable PlaySender sender;
    private final LongAdder missing = new LongAdder();
    private final LongAdder keyFrameRequests = new LongAdder();
    private volatile long reportedLost;
    private final LongAdder rejected = new LongAdder();

    PlayMedia(Agreement agreement, PlaySource source) {
        this.agreement = agreement;
        this.source = source;
    }

    @Override
    public int inboxPackets() {
        return 128;
    }

    @Override
    public void connected(SrtpKeys keys, PeerSession session) {
        inbound = new SrtpInbound(keys.incoming());
        SrtpCipher cipher = keys.outgoing();
        SrtpCipher again = keys.outgoing();
        var outgoing = new ArrayList<OutgoingTrack>();
        var resending = new ArrayList<Resender>();
        for (AgreedTrack agreed : agreed()) {
            var track = new OutgoingTrack(agreed, cipher, session);
            outgoing.add(track);
            resending.add(new Resender(track, again, session));
        }
        tracks = List.copyOf(outgoing);
        resenders = List.copyOf(resending);
        var started = new PlaySender(source, tracks);
        sender = started; // publishes the lists to those who ask for statistics
        thread = Thread.ofVirtual().name("webrtc-sender").start(started);
    }

    private List<AgreedTrack> agreed() {
        var agreed = new ArrayList<AgreedTrack>();
        AgreedTrack video = agreement.video();
        AgreedTrack audio = agreement.audio();
        if (video != null) {
            agreed.add(video);
        }
        if (audio != null) {
            agreed.add(audio);
        }
        return agreed;
    }

    @Override
    public @Nullable StreamEnd packet(byte[] packet) {
        SrtpInbound opened = inbound;
        boolean rtcp = packet.length > 1 && (packet[1] & 0xff) >= 192 && (packet[1] & 0xff) < 224;
        if (opened == null || !rtcp) { // a viewer has no media to send
            rejected.increment();
            return null;
        }
        int length = opened.rtcp(packet, packet.length);
        if (length < 0) {
            rejected.increment();
            return null;
        }
        ByteBuffer compound = ByteBuffer.wrap(packet, 0, length);
        RtcpFeedback.read(compound, this);
        resenders.forEach(Resender::flush);
        return read(compound);
    }

    private @Nullable StreamEnd read(ByteBuffer compound) {
        for (Rtcp.Message message : Rtcp.parse(compound)) {
            switch (message) {
                case Rtcp.ReceiverReport report -> noteLoss(report.blocks());
                case Rtcp.SenderReport report -> noteLoss(report.blocks());
                case Rtcp.Bye _ -> {
                    return new StreamEnd(
                            StreamEnd.Reason.CLOSED_BY_CAMERA, "the viewer said goodbye");
                }
                case Rtcp.SourceDescription _, Rtcp.Other _ -> {}
            }
        }
        return null;
    }

    private void noteLoss(List<Rtcp.ReportBlock> blocks) {
        for (Rtcp.ReportBlock block : blocks) {
            if (!resenders.isEmpty() && resenders.getFirst().isFor(block.ssrc())) {
                reportedLost = Math.max(0, block.cumulativeLost());
            }
        }
    }

    @Override
    public void missing(int mediaSsrc, int sequence) {
        missing.increment();
        for (Resender resender : resenders) {
            if (resender.isFor(mediaSsrc)) {
                resender.want(sequence);
            }
        }
    }

    @Override
    public void keyFrame() {
        keyFrameRequests.increment();
        PlaySender running = sender;
        if (running != null) {
            running.wantKeyFrame();
        }
    }

    @Override
    public @Nullable StreamEnd tick(long nanos) {
        PlaySender running = sender;
        return running == null ? null : running.end();
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void ended(StreamEnd end) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        source.ended();
    }

    @Override
    public WebRtcStatistics statistics() {
        PlaySender running = sender;
        long packets = 0;
        long bytes = 0;
        long resent = 0;
        if (running != null) {
            for (OutgoingTrack track : tracks) {
                packets += track.packets();
                bytes += track.bytes();
            }
            for (Resender resender : resenders) {
                resent += resender.resent();
            }
        }
        return new WebRtcStatistics(
                packets,
                bytes,
                resent,
                missing.sum(),
                keyFrameRequests.sum(),
                running == null ? 0 : running.dropped(),
                0,
                0,
                reportedLost,
                rejected.sum(),
                0);
    }
}
