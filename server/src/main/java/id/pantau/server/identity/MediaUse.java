package id.pantau.server.identity;

import java.util.Locale;
import java.util.Optional;

/// Ways by which media leave the server, and the one by which sound enters it. A ticket may be
/// bound to one of them.
public enum MediaUse {
    /// Live over WebSocket.
    WEBSOCKET,
    HLS,
    WHEP,
    /// FLV over HTTP or WebSocket.
    FLV,
    /// Recorded media: playback and export.
    PLAYBACK,
    SNAPSHOT,
    RTSP,
    RTMP,
    /// To a camera's loudspeaker.
    TALK;

    /// As in the API: `hls`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MediaUse> find(String text) {
        for (MediaUse use : values()) {
            if (use.text().equals(text)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }
}
