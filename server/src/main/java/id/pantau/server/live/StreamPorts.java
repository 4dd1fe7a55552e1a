package id.pantau.server.live;

import java.util.OptionalInt;

/// Where players and encoders find this server, besides HTTP.
public interface StreamPorts {
    /// The RTSP server's TCP port, the one really taken.
    int rtspPort();

    /// The RTMP server's TCP port, the one really taken.
    int rtmpPort();

    /// That of RTSP inside TLS; empty without TLS.
    OptionalInt rtspsPort();

    /// That of RTMP inside TLS; empty without TLS.
    OptionalInt rtmpsPort();
}
