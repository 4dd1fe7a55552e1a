package id.pantau.media;

import java.time.Duration;

/// What a stream tells its readers, in order. A session begins with [FormatChanged], carries units,
/// and finishes with [Ended]; the next session begins with [FormatChanged] again, on a new media
/// clock.
public sealed interface StreamSignal {
    /// A decoder configuration begins: of a new session, or in the middle of one when the camera
    /// changed its parameter sets. The next video unit is a key frame.
    record FormatChanged(StreamFormat format) implements StreamSignal {}

    record Unit(AccessUnit unit) implements StreamSignal {}

    /// Media known to be missing inside a session. The units that follow start at a key frame. A
    /// gap that lasts is told twice: after a second, without a length, and at its end.
    ///
    /// @param length how much time is missing, as far as known; zero when unknown
    record Gap(Duration length, GapCause cause) implements StreamSignal {}

    /// The session is over.
    record Ended(StreamEnd end) implements StreamSignal {}
}
