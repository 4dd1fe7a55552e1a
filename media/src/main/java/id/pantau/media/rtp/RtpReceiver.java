package id.pantau.media.rtp;

import id.pantau.media.MediaKind;
import id.pantau.media.StreamSignal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The media of one session: RTP and RTCP packets of its media tracks in, [StreamSignal]s out, on
/// the caller's thread. Holds the codecs' reassembly, parameter sets from SDP and in band, decode
/// times of reordered pictures, loss, and the mapping of RTP time to the server's wall clock. Not
/// thread-safe.
public final class RtpReceiver {
    /// Sender reports of before this carry uptime, not the time of day.
    private static final Instant TIME_OF_DAY = Instant.parse("2000-01-01T00:00:00Z");

    private final Clock clock;
    private final ArrivalClock arrival;
    private final ReceivedSession session;
    private final List<TrackReceiver> receivers = new ArrayList<>();
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final String cname = "pantau-%08x".formatted(ssrc);
    private volatile @Nullable Duration cameraClockOffset;

    /// @param tracks at most one video and one audio media track; indices below refer to this list
    /// @throws IllegalArgumentException for two tracks of a kind, or a codec no camera sends
    public RtpReceiver(List<RtpTrack> tracks, Clock clock, Consumer<StreamSignal> sink) {
        this(tracks, clock, System::nanoTime, sink);
    }

    RtpReceiver(
            List<RtpTrack> tracks,
            Clock clock,
            LongSupplier monotonicNanos,
            Consumer<StreamSignal> sink) {
        long videos = tracks.stream().filter(track -> isVideo(track)).count();
        if (videos > 1 || tracks.size() - videos > 1 || tracks.isEmpty()) {
            throw new IllegalArgumentException("at most one media track of a kind: " + tracks);
        }
        this.clock = clock;
        this.arrival = new ArrivalClock(clock, monotonicNanos);
        this.session = new ReceivedSession(arrival, videos > 0, sink);
        for (RtpTrack track : tracks) {
            TrackReceiver receiver =
                    isVideo(track)
                            ? new VideoTrackReceiver(track, session)
                            : new AudioTrackReceiver(track, session);
            receivers.add(receiver);
            session.join(receiver);
        }
    }

    /// @param packet one whole RTP packet from position to limit, in order of sequence number
    ///   (reordering is done before, by [ReorderBuffer], where the transport needs it); may be
    ///   reused afterwards. What is not RTP is counted and ignored
    public void rtp(int track, ByteBuffer packet) {
        receivers.get(track).rtp(packet);
    }

    /// @param packet one whole compound RTCP packet; what is broken in it is ignored
    public void rtcp(int track, ByteBuffer packet) {
        for (Rtcp.Message message : Rtcp.parse(packet)) {
            if (message instanceof Rtcp.SenderReport report) {
                arrival.tick();
                receivers.get(track).senderReport(report);
                noteCameraClock(report);
                session.align();
            }
        }
    }

    /// A compound RTCP packet (receiver report and SDES) to send to the camera; empty before the
    /// first packet of the track.
    public Optional<ByteBuffer> receiverReport(int track) {
        TrackReceiver receiver = receivers.get(track);
        if (!receiver.started()) {
            return Optional.empty();
        }
        arrival.tick();
        return Optional.of(Rtcp.writeReceiverReport(ssrc, List.of(receiver.reportBlock()), cname));
    }

    /// How many access units came, those included that were held back because no key frame came
    /// before them. Tells a camera that sends from one that has stalled; costs nothing.
    public long accessUnitsSeen() {
        long seen = 0;
        for (int i = 0; i < receivers.size(); i++) {
            TrackReceiver receiver = receivers.get(i);
            seen += receiver.accessUnits + receiver.dropped;
        }
        return seen;
    }

    /// How many packets never came, over all media tracks; costs nothing.
    public long packetsLost() {
        long lost = 0;
        for (int i = 0; i < receivers.size(); i++) {
            lost += receivers.get(i).source().lost();
        }
        return lost;
    }

    /// The counts so far. Any thread may ask; another one than the receiver's sees them a little
    /// late.
    public RtpStatistics statistics() {
        long packets = 0;
        long bytes = 0;
        long lost = 0;
        long reordered = 0;
        long malformed = 0;
        long units = 0;
        long dropped = 0;
        long keyFrames = 0;
        long replaced = 0;
        for (TrackReceiver receiver : receivers) {
            packets += receiver.packets();
            bytes += receiver.payloadBytes();
            lost += receiver.source().lost();
            reordered += receiver.source().dropped();
            malformed += receiver.malformed;
            units += receiver.accessUnits;
            dropped += receiver.dropped;
            keyFrames += receiver.keyFrames;
            replaced += receiver.timeline().replaced();
        }
        return new RtpStatistics(
                packets,
                bytes,
                lost,
                reordered,
                malformed,
                units,
                dropped,
                keyFrames,
                replaced,
                session.reanchored(),
                Optional.ofNullable(cameraClockOffset));
    }

    private void noteCameraClock(Rtcp.SenderReport report) {
        if (report.ntp() >>> 32 == 0) {
            return;
        }
        Instant camera = Rtcp.fromNtp(report.ntp());
        boolean timeOfDay = camera.isAfter(TIME_OF_DAY) && report.ntp() < 0;
        cameraClockOffset = timeOfDay ? Duration.between(clock.instant(), camera) : null;
    }

    private static boolean isVideo(RtpTrack track) {
        return track.codec().kind() == MediaKind.VIDEO;
    }
}
