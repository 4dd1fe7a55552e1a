package id.pantau.media.rtsp;

import java.time.Duration;

/// How long a camera may take.
///
/// @param connect until TCP and TLS are up
/// @param answer until a request is answered
/// @param stall without an access unit while playing
/// @param keyFrame without a key frame while playing
public record RtspTimeouts(Duration connect, Duration answer, Duration stall, Duration keyFrame) {
    public static final RtspTimeouts DEFAULT =
            new RtspTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60));
}
