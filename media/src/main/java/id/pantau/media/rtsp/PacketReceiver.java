package id.pantau.media.rtsp;

import id.pantau.media.StreamSignal;
import id.pantau.media.rtp.RtpReceiver;
import id.pantau.media.rtp.RtpStatistics;
import id.pantau.media.rtp.RtpTrack;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What takes the packets of a session: [RtpReceiver], or a test's own.
interface PacketReceiver {
    void rtp(int track, ByteBuffer packet);

    void rtcp(int track, ByteBuffer packet);

    Optional<ByteBuffer> receiverReport(int track);

    /// How many access units came so far, those included that nobody was given because no key frame
    /// came before them: a camera in the middle of a 20 s GOP is not a stalled one.
    default long accessUnitsSeen() {
        return 0;
    }

    /// How many packets never came; costs nothing.
    default long packetsLost() {
        return 0;
    }

    /// The counts so far, for any thread; empty from one that does not count.
    default Optional<RtpStatistics> statistics() {
        return Optional.empty();
    }

    interface Factory {
        PacketReceiver create(List<RtpTrack> tracks, Clock clock, Consumer<StreamSignal> sink);
    }

    static PacketReceiver ofRtp(List<RtpTrack> tracks, Clock clock, Consumer<StreamSignal> sink) {
        var receiver = new RtpReceiver(tracks, clock, sink);
        return new PacketReceiver() {
            @Override
            public void rtp(int track, ByteBuffer packet) {
                receiver.rtp(track, packet);
            }

            @Override
            public void rtcp(int track, ByteBuffer packet) {
                receiver.rtcp(track, packet);
            }

            @Override
            public Optional<ByteBuffer> receiverReport(int track) {
                return receiver.receiverReport(track);
            }

            @Override
            public long accessUnitsSeen() {
                return receiver.accessUnitsSeen();
            }

            @Override
            public long packetsLost() {
                return receiver.packetsLost();
            }

            @Override
            public Optional<RtpStatistics> statistics() {
                return Optional.of(receiver.statistics());
            }
        };
    }
}
