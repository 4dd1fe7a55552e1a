package id.pantau.server.live;

/// Where players and encoders find this server, besides HTTP.
public interface StreamPorts {
    /// The RTSP server's TCP port, the one really taken.
    int rtspPort();

    /// The RTMP server's TCP port, the one really taken.
    int rtmpPort();
}
