package id.pantau.media.rtsp;

import java.io.IOException;

/// What came is not an RTSP message, or is one beyond the limits of [RtspInput].
public final class MalformedRtspException extends IOException {
    public MalformedRtspException(String message) {
        super(message);
    }
}
