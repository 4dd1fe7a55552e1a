package id.pantau.server.app;

import id.pantau.media.net.PendingLimits;
import id.pantau.media.webrtc.AnnouncedHost;
import java.util.List;

/// The ports by which other programs take streams from this server and push streams to it.
///
/// @param rtspPort TCP port of the RTSP server, 0 for any free one
/// @param rtmpPort TCP port of the RTMP server, 0 for any free one
/// @param rtspsPort TCP port of RTSP inside TLS, 0 for any free one; opened where TLS is on
/// @param rtmpsPort TCP port of RTMP inside TLS, 0 for any free one; opened where TLS is on
/// @param webRtcPort UDP and TCP port of all WebRTC sessions, 0 for any free one
/// @param webRtcHosts what is announced to browsers; empty for the addresses of this machine
/// @param workerPort TCP port of the workers of other machines, 0 for none
/// @param address to listen on; `0.0.0.0` is every one of the machine
/// @param pending of each port
record StreamSettings(
        int rtspPort,
        int rtmpPort,
        int rtspsPort,
        int rtmpsPort,
        int webRtcPort,
        List<AnnouncedHost> webRtcHosts,
        int workerPort,
        String address,
        PendingLimits pending) {
    StreamSettings {
        requirePort("rtsp.port", rtspPort);
        requirePort("rtmp.port", rtmpPort);
        requirePort("rtsps.port", rtspsPort);
        requirePort("rtmps.port", rtmpsPort);
        requirePort("webrtc.port", webRtcPort);
        requirePort("worker.port", workerPort);
        webRtcHosts = List.copyOf(webRtcHosts);
    }

    private static void requirePort(String setting, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "%s is a port from 1 to 65535, not %d".formatted(setting, port));
        }
    }
}
