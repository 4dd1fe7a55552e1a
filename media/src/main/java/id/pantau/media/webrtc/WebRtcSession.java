package id.pantau.media.webrtc;

import id.pantau.media.StreamEnd;
import java.time.Instant;

/// One peer that plays or publishes. Thread-safe.
public interface WebRtcSession {
    /// Unguessable: the last part of the resource's URL.
    String id();

    State state();

    /// When the offer was answered.
    Instant since();

    WebRtcStatistics statistics();

    /// Ends it. Only the first call counts.
    ///
    /// @param end why, for the stream that was published and for the log
    void close(StreamEnd end);

    /// @param detail while `CLOSED` why; the protection and path while `CONNECTED`
    record State(Phase phase, String detail) {}

    enum Phase {
        CONNECTING,
        CONNECTED,
        CLOSED
    }
}
