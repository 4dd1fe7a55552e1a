package id.pantau.server.app;

import id.pantau.media.rtmp.RtmpServer;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.webrtc.WebRtcTraffic;

/// The connections of one of the [StreamServers].
///
/// @param open now
/// @param refused because there were too many, in all or of one address, since the start
/// @param failed cut off before they had signed in, since the start
record Connections(int open, long refused, long failed) {
    static final Connections NONE = new Connections(0, 0, 0);

    enum Protocol {
        RTSP,
        RTMP,
        WEBRTC_TCP
    }

    static Connections of(RtspServer.Figures figures) {
        return new Connections(
                figures.connections(), figures.refusedConnections(), figures.failedConnections());
    }

    static Connections of(RtmpServer.Figures figures) {
        return new Connections(
                figures.connections(), figures.refusedConnections(), figures.failedConnections());
    }

    static Connections of(WebRtcTraffic traffic) {
        return new Connections(traffic.tcpConnections(), traffic.tcpRefused(), traffic.tcpFailed());
    }
}
