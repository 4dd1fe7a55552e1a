package id.pantau.server.camera;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a running session knows beside its media.
///
/// @param server what the camera calls itself; null when it says nothing
/// @param packetsLost since the session began
/// @param clockOffset how far the camera's clock is ahead of ours; null when unknown
/// @param parameterSetsAnnounced whether the session description held the parameter sets; null when
///   unknown
public record SessionFacts(
        @Nullable String server,
        long packetsLost,
        @Nullable Duration clockOffset,
        @Nullable Boolean parameterSetsAnnounced) {
    public static final SessionFacts NONE = new SessionFacts(null, 0, null, null);
}
