package id.pantau.server.app;

/// The ports by which other programs take streams from this server and push streams to it.
///
/// @param rtspPort TCP port of the RTSP server, 0 for any free one
/// @param rtmpPort TCP port of the RTMP server, 0 for any free one
/// @param address to listen on; `0.0.0.0` is every one of the machine
record StreamSettings(int rtspPort, int rtmpPort, String address) {
    StreamSettings {
        check("rtsp.port", rtspPort);
        check("rtmp.port", rtmpPort);
    }

    private static void check(String setting, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "%s is a TCP port from 1 to 65535, not %d".formatted(setting, port));
        }
    }
}
