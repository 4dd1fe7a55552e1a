package id.pantau.server.live;

import id.pantau.media.StreamFormat;
import id.pantau.server.camera.StreamState;
import java.time.Duration;
import java.time.Instant;

/// What a viewer is told beside the media.
public sealed interface LiveMessage {
    /// A decoder configuration begins; the init segment follows as the next binary message.
    ///
    /// @param mime for `MediaSource.isTypeSupported` and `addSourceBuffer`
    /// @param format as the camera sends it
    record Init(String mime, StreamFormat format, Instant wallTime) implements LiveMessage {}

    /// The camera is not there, or there again.
    record State(StreamState state) implements LiveMessage {}

    /// @param dropped units this viewer missed since it joined
    /// @param delay between capture and sending of the newest fragment sent
    record Stats(double fps, long bitrateBps, long dropped, Duration delay)
            implements LiveMessage {}

    /// Two clocks at one moment.
    ///
    /// @param media since the zero of the running decoder configuration
    record Time(Duration media, Instant wallTime) implements LiveMessage {}

    /// The viewer was too slow and misses fragments.
    record Dropped(long count) implements LiveMessage {}
}
