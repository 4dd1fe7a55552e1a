package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a session is there for. All but [#statistics()] is called on the session's thread.
sealed interface PeerMedia permits PlayMedia, PublishMedia {
    /// How many packets may wait for the session's thread.
    int inboxPackets();

    /// The way to the peer is open and keys are agreed. Called at most once.
    void connected(SrtpKeys keys, PeerSession session);

    /// @param packet protected RTP or RTCP, the whole array; given away
    /// @return why the session is over; null while it goes on
    @Nullable StreamEnd packet(byte[] packet);

    /// Called after every packet, and when none came for [#pause()].
    ///
    /// @return why the session is over; null while it goes on
    @Nullable StreamEnd tick(long nanos);

    Duration pause();

    /// Ends threads and lets go of the stream. Called once, whether it was connected or not.
    void ended(StreamEnd end);

    /// Any thread may ask.
    WebRtcStatistics statistics();
}
