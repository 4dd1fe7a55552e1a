package id.pantau.server.app;

import id.pantau.media.hub.PublishPoints;
import id.pantau.media.rtmp.RtmpServer;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.media.rtsp.RtspOffer;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSettings;
import id.pantau.server.live.FlvSources;
import id.pantau.server.live.RtmpDoor;
import id.pantau.server.live.RtspDoor;
import id.pantau.server.live.RtspStreams;
import id.pantau.server.live.StreamPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The servers other programs speak to, besides HTTP. They start after the cameras and end before
/// them.
@Component
class StreamServers implements SmartLifecycle, StreamPorts {
    private final StreamSettings settings;
    private final RtspStreams rtspStreams;
    private final RtspDoor rtspDoor;
    private final FlvSources flvSources;
    private final RtmpDoor rtmpDoor;
    private final PublishPoints publishPoints;
    private final OwnPorts ports;
    private volatile @Nullable RtspServer rtsp;
    private volatile @Nullable RtmpServer rtmp;
    private volatile @Nullable WebRtcServer webRtc;

    StreamServers(
            StreamSettings settings,
            RtspStreams rtspStreams,
            RtspDoor rtspDoor,
            FlvSources flvSources,
            RtmpDoor rtmpDoor,
            PublishPoints publishPoints,
            OwnPorts ports) {
        this.settings = settings;
        this.rtspStreams = rtspStreams;
        this.rtspDoor = rtspDoor;
        this.flvSources = flvSources;
        this.rtmpDoor = rtmpDoor;
        this.publishPoints = publishPoints;
        this.ports = ports;
    }

    @Override
    public int rtspPort() {
        RtspServer running = rtsp;
        if (running == null) {
            throw new IllegalStateException("the RTSP server does not run");
        }
        return running.port();
    }

    WebRtcServer webRtc() {
        WebRtcServer running = webRtc;
        if (running == null) {
            throw new IllegalStateException("the WebRTC server does not run");
        }
        return running;
    }

    @Override
    public int rtmpPort() {
        RtmpServer running = rtmp;
        if (running == null) {
            throw new IllegalStateException("the RTMP server does not run");
        }
        return running.port();
    }

    @Override
    public void start() {
        startRtsp();
        startRtmp();
        startWebRtc();
    }

    private void startWebRtc() {
        var address = new InetSocketAddress(settings.address(), settings.webRtcPort());
        try {
            webRtc =
                    WebRtcServer.start(
                            WebRtcSettings.at(address)
                                    .withTcp(address)
                                    .withHosts(settings.webRtcHosts()));
        } catch (IOException e) {
            stop();
            throw new PortTakenException("webrtc.port", settings.webRtcPort(), e);
        }
    }

    private void startRtsp() {
        var address = new InetSocketAddress(settings.address(), settings.rtspPort());
        try {
            RtspServer started =
                    RtspServer.start(
                            RtspServerSettings.at(address),
                            RtspOffer.of(rtspStreams, rtspDoor).withPublishPoints(publishPoints));
            rtsp = started;
            ports.add(started.port());
        } catch (IOException e) {
            throw new PortTakenException("rtsp.port", settings.rtspPort(), e);
        }
    }

    private void startRtmp() {
        var address = new InetSocketAddress(settings.address(), settings.rtmpPort());
        try {
            RtmpServer started =
                    RtmpServer.start(
                            RtmpServerSettings.at(address),
                            flvSources,
                            rtmpDoor,
                            publishPoints,
                            flvSources.shared());
            rtmp = started;
            ports.add(started.port());
        } catch (IOException e) {
            stop();
            throw new PortTakenException("rtmp.port", settings.rtmpPort(), e);
        }
    }

    @Override
    public void stop() {
        RtspServer runningRtsp = rtsp;
        rtsp = null;
        if (runningRtsp != null) {
            runningRtsp.close();
        }
        RtmpServer runningRtmp = rtmp;
        rtmp = null;
        if (runningRtmp != null) {
            runningRtmp.close();
        }
        WebRtcServer runningWebRtc = webRtc;
        webRtc = null;
        if (runningWebRtc != null) {
            runningWebRtc.close();
        }
    }

    @Override
    public boolean isRunning() {
        return rtsp != null;
    }

    /// After [CameraLife], which has the default phase less one.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
