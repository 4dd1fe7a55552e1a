package id.pantau.media.rtp;

import id.pantau.media.StreamSignal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The media of one session: RTP and RTCP packets of its media tracks in, [StreamSignal]s out, on
/// the caller's thread. Holds the codecs' reassembly, parameter sets from SDP and in band, decode
/// times of reordered pictures, loss, and the mapping of RTP time to the server's wall clock. Not
/// thread-safe.
public final class RtpReceiver {
    /// @param tracks at most one video and one audio media track; indices below refer to this list
    public RtpReceiver(List<RtpTrack> tracks, Clock clock, Consumer<StreamSignal> sink) {
        throw new UnsupportedOperationException("being built");
    }

    /// @param packet one whole RTP packet from position to limit, in order of sequence number
    ///   (reordering is done before, by [ReorderBuffer], where the transport needs it); may be
    ///   reused afterwards
    public void rtp(int track, ByteBuffer packet) {
        throw new UnsupportedOperationException("being built");
    }

    public void rtcp(int track, ByteBuffer packet) {
        throw new UnsupportedOperationException("being built");
    }

    /// A compound RTCP packet (receiver report and SDES) to send to the camera; empty before the
    /// first packet of the track.
    public Optional<ByteBuffer> receiverReport(int track) {
        throw new UnsupportedOperationException("being built");
    }

    /// The counts so far.
    public RtpStatistics statistics() {
        throw new UnsupportedOperationException("being built");
    }
}
