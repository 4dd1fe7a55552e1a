package id.pantau.server.app;

import id.pantau.media.hub.PublishPoints;
import id.pantau.media.rtsp.RtspOffer;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.server.live.RtspDoor;
import id.pantau.server.live.RtspStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The servers other programs speak to, besides HTTP. They start after the cameras and end before
/// them.
@Component
class StreamServers implements SmartLifecycle {
    private final StreamSettings settings;
    private final RtspStreams rtspStreams;
    private final RtspDoor rtspDoor;
    private final PublishPoints publishPoints;
    private final OwnPorts ports;
    private volatile @Nullable RtspServer rtsp;

    StreamServers(
            StreamSettings settings,
            RtspStreams rtspStreams,
            RtspDoor rtspDoor,
            PublishPoints publishPoints,
            OwnPorts ports) {
        this.settings = settings;
        this.rtspStreams = rtspStreams;
        this.rtspDoor = rtspDoor;
        this.publishPoints = publishPoints;
        this.ports = ports;
    }

    /// Where RTSP clients find the server; the port really taken.
    int rtspPort() {
        RtspServer running = rtsp;
        if (running == null) {
            throw new IllegalStateException("the RTSP server does not run");
        }
        return running.port();
    }

    @Override
    public void start() {
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

    @Override
    public void stop() {
        RtspServer running = rtsp;
        rtsp = null;
        if (running != null) {
            running.close();
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
