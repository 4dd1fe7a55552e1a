package id.pantau.bench;

import java.time.Duration;

/// How a client of [Soak] watches.
enum SoakWay {
    RTSP_TCP("RTSP over TCP"),
    RTSP_UDP("RTSP over UDP"),
    RTMP("RTMP"),
    FLV("HTTP-FLV"),
    WEBSOCKET("WebSocket"),
    HLS("HLS"),
    LOW_LATENCY_HLS("LL-HLS"),
    WHEP("WHEP");

    private static final Duration HLS_SILENCE = Duration.ofSeconds(16);

    private final String text;

    SoakWay(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// Until the server knows that the client has left: a player of HLS just asks for nothing more,
    /// and counts as gone 15 s later.
    Duration unnoticed() {
        return switch (this) {
            case HLS, LOW_LATENCY_HLS -> HLS_SILENCE;
            case RTSP_TCP, RTSP_UDP, RTMP, FLV, WEBSOCKET, WHEP -> Duration.ZERO;
        };
    }
}
