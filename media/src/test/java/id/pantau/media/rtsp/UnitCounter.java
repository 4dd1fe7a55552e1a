package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtp.RtpTrack;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Stands for the receiver: every RTP packet is an access unit, a key frame when its first payload
/// byte is 1.
final class UnitCounter implements PacketReceiver {
    static final byte[] REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7};

    final List<RtpTrack> tracks = new CopyOnWriteArrayList<>();

    /// `track:marker` of every RTP packet.
    final List<String> packets = new CopyOnWriteArrayList<>();

    final List<Integer> rtcpTracks = new CopyOnWriteArrayList<>();
    private Consumer<StreamSignal> sink = _ -> {};

    PacketReceiver create(List<RtpTrack> formats, Clock clock, Consumer<StreamSignal> next) {
        tracks.addAll(formats);
        sink = next;
        return this;
    }

    @Override
    public void rtp(int track, ByteBuffer packet) {
        int marker = packet.get(packet.position() + 12);
        packets.add(track + ":" + marker);
        var time = new MediaTime(packets.size());
        MediaKind kind = tracks.get(track).codec().kind();
        boolean key = kind == MediaKind.AUDIO || marker == 1;
        ByteBuffer payload = ByteBuffer.allocate(1);
        sink.accept(
                new StreamSignal.Unit(
                        new AccessUnit(kind, time, time, key, Instant.EPOCH, payload)));
    }

    @Override
    public void rtcp(int track, ByteBuffer packet) {
        rtcpTracks.add(track);
    }

    @Override
    public Optional<ByteBuffer> receiverReport(int track) {
        return Optional.of(ByteBuffer.wrap(REPORT.clone()));
    }
}
