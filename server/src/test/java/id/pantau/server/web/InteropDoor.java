package id.pantau.server.web;

/// Where one camera is published and played, with what opens it.
///
/// @param key of the publisher
/// @param ticket of the players
record InteropDoor(
        String camera, String key, String ticket, int httpPort, int rtspPort, int rtmpPort) {
    /// A browser lends its devices to pages of `localhost` alone.
    String http() {
        return "http://localhost:" + httpPort;
    }

    String rtmpIn() {
        return "rtmp://127.0.0.1:%d/live/%s?key=%s".formatted(rtmpPort, camera, key);
    }

    String rtspIn() {
        return "rtsp://127.0.0.1:%d/%s?key=%s".formatted(rtspPort, camera, key);
    }

    String rtmpOut() {
        return "rtmp://127.0.0.1:%d/live/%s?ticket=%s".formatted(rtmpPort, camera, ticket);
    }

    String rtspOut() {
        return "rtsp://127.0.0.1:%d/%s/main?ticket=%s".formatted(rtspPort, camera, ticket);
    }

    String flvOut() {
        return "%s/flv/%s/main.flv?ticket=%s".formatted(http(), camera, ticket);
    }
}
