package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one stream is doing, for people to read.
///
/// @param since when this phase began
/// @param lastEnd why the attempt before ended; null while streaming, or before the first end
/// @param nextAttemptAt when waiting; else null
/// @param format while streaming; else null
/// @param figures while streaming and measured; else null
/// @param viewers who watch it now
public record StreamState(
        Phase phase,
        Instant since,
        @Nullable StreamEnd lastEnd,
        @Nullable Instant nextAttemptAt,
        @Nullable StreamFormat format,
        @Nullable Figures figures,
        int viewers) {
    public enum Phase {
        /// The camera is switched off, or has no such stream.
        DISABLED,
        /// Nobody records, watches or analyses it, so it is not pulled; the first who wants it
        /// starts it.
        IDLE,
        CONNECTING,
        STREAMING,
        /// For the next attempt or, when it is published, for a publisher.
        WAITING
    }

    /// Whether nothing will come soon: whoever wants a picture now need not wait for it.
    public boolean isAway() {
        return switch (phase) {
            case WAITING, DISABLED -> true;
            case IDLE, CONNECTING, STREAMING -> false; // idle: about to connect for who wants it
        };
    }

    /// Measured over the last few seconds.
    ///
    /// @param fps pictures per second; 0 without video
    /// @param keyFrameInterval between the two newest key frames; null before the second
    /// @param packetsLost in this session
    /// @param clockOffset how far the camera's clock is ahead of ours; null when it sends no sender
    ///   reports
    public record Figures(
            double fps,
            long bitrateBps,
            @Nullable Duration keyFrameInterval,
            long packetsLost,
            @Nullable Duration clockOffset) {}
}
