package id.pantau.server.app;

/// The ports by which other programs take streams from this server and push streams to it.
///
/// @param rtspPort TCP port of the RTSP server, 0 for any free one
/// @param address to listen on; `0.0.0.0` is every one of the machine
record StreamSettings(int rtspPort, String address) {
    StreamSettings {
        if (rtspPort < 0 || rtspPort > 65535) {
            throw new IllegalArgumentException(
                    "rtsp.port is a TCP port from 1 to 65535, not " + rtspPort);
        }
    }
}
