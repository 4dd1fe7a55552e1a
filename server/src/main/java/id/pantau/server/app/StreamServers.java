package id.pantau.server.app;

import id.pantau.media.hub.PublishPoints;
import id.pantau.media.rtmp.RtmpServer;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.media.rtsp.RtspOffer;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.webrtc.AnnouncedHost;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSettings;
import id.pantau.server.app.Connections.Protocol;
import id.pantau.server.identity.MediaUse;
import id.pantau.server.live.FlvSources;
import id.pantau.server.live.OpenStreams;
import id.pantau.server.live.RtmpDoor;
import id.pantau.server.live.RtspDoor;
import id.pantau.server.live.RtspStreams;
import id.pantau.server.live.StreamPorts;
import id.pantau.server.settings.PublicAddress;
import id.pantau.server.settings.SiteSettingsStore;
import id.pantau.server.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final OpenStreams openStreams;
    private final PublishPoints publishPoints;
    private final OwnPorts ports;
    private final Tls tls;
    private final SiteSettingsStore siteSettings;
    private volatile @Nullable RtspServer rtsp;
    private volatile @Nullable RtmpServer rtmp;
    private volatile @Nullable WebRtcServer webRtc;

    StreamServers(
            StreamSettings settings,
            RtspStreams rtspStreams,
            RtspDoor rtspDoor,
            FlvSources flvSources,
            RtmpDoor rtmpDoor,
            OpenStreams openStreams,
            PublishPoints publishPoints,
            OwnPorts ports,
            Tls tls,
            SiteSettingsStore siteSettings) {
        this.settings = settings;
        this.rtspStreams = rtspStreams;
        this.rtspDoor = rtspDoor;
        this.flvSources = flvSources;
        this.rtmpDoor = rtmpDoor;
        this.openStreams = openStreams;
        this.publishPoints = publishPoints;
        this.ports = ports;
        this.tls = tls;
        this.siteSettings = siteSettings;
    }

    /// What each server holds and has refused, by its name for the metrics; those that do not run
    /// have nothing.
    Connections connections(Protocol protocol) {
        return switch (protocol) {
            case RTSP -> {
                RtspServer running = rtsp;
                yield running == null ? Connections.NONE : Connections.of(running.figures());
            }
            case RTMP -> {
                RtmpServer running = rtmp;
                yield running == null ? Connections.NONE : Connections.of(running.figures());
            }
            case WEBRTC_TCP -> {
                WebRtcServer running = webRtc;
                yield running == null ? Connections.NONE : Connections.of(running.traffic());
            }
        };
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
    public OptionalInt rtspsPort() {
        RtspServer running = rtsp;
        return running == null || !tls.isOn()
                ? OptionalInt.empty()
                : OptionalInt.of(running.tlsPort());
    }

    @Override
    public OptionalInt rtmpsPort() {
        RtmpServer running = rtmp;
        return running == null
                ? OptionalInt.empty()
                : running.tlsPort().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public void start() {
        RtspServer startedRtsp = startRtsp();
        RtmpServer startedRtmp = startRtmp();
        startWebRtc();
        openStreams.start(
                Map.of(
                        MediaUse.RTSP, players(startedRtsp::peers, startedRtsp::disconnect),
                        MediaUse.RTMP, players(startedRtmp::peers, startedRtmp::disconnect)));
    }

    private static OpenStreams.Players players(
            Supplier<Set<InetSocketAddress>> peers, Consumer<InetSocketAddress> disconnect) {
        return new OpenStreams.Players() {
            @Override
            public Set<InetSocketAddress> peers() {
                return peers.get();
            }

            @Override
            public void disconnect(InetSocketAddress peer) {
                disconnect.accept(peer);
            }
        };
    }

    private void startWebRtc() {
        InetSocketAddress address = at(settings.webRtcPort());
        try {
            WebRtcServer started =
                    WebRtcServer.start(
                            WebRtcSettings.at(address)
                                    .withTcp(address)
                                    .withPending(settings.pending())
                                    .withHosts(settings.webRtcHosts()));
            webRtc = started;
            siteSettings.listen(site -> started.announceAlso(outside(site.publicAddress())));
        } catch (IOException e) {
            stop();
            throw new PortTakenException("webrtc.port", settings.webRtcPort(), e);
        }
    }

    private static List<AnnouncedHost> outside(PublicAddress address) {
        int port = address.port(PublicAddress.Service.WEBRTC);
        return address.host().isEmpty()
                ? List.of()
                : List.of(new AnnouncedHost(address.host(), port, port));
    }

    private RtspServer startRtsp() {
        RtspOffer offer = RtspOffer.of(rtspStreams, rtspDoor).withPublishPoints(publishPoints);
        if (tls.isOn()) {
            offer = offer.withTls(new RtspOffer.Tls(at(settings.rtspsPort()), tls::context));
        }
        try {
            RtspServer started =
                    RtspServer.start(
                            RtspServerSettings.at(at(settings.rtspPort()))
                                    .withPending(settings.pending()),
                            offer);
            rtsp = started;
            ports.add(started.port());
            rtspsPort().ifPresent(ports::add);
            return started;
        } catch (IOException e) {
            throw isAbout(settings.rtspsPort(), e)
                    ? new PortTakenException("rtsps.port", settings.rtspsPort(), e)
                    : new PortTakenException("rtsp.port", settings.rtspPort(), e);
        }
    }

    private RtmpServer startRtmp() {
        RtmpServerSettings wanted =
                RtmpServerSettings.at(at(settings.rtmpPort())).withPending(settings.pending());
        if (tls.isOn()) {
            wanted =
                    wanted.withTls(
                            new RtmpServerSettings.Tls(at(settings.rtmpsPort()), tls::context));
        }
        try {
            RtmpServer started =
                    RtmpServer.start(
                            wanted, flvSources, rtmpDoor, publishPoints, flvSources.shared());
            rtmp = started;
            ports.add(started.port());
            rtmpsPort().ifPresent(ports::add);
            return started;
        } catch (IOException e) {
            stop();
            throw isAbout(settings.rtmpsPort(), e)
                    ? new PortTakenException("rtmps.port", settings.rtmpsPort(), e)
                    : new PortTakenException("rtmp.port", settings.rtmpPort(), e);
        }
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(settings.address(), port);
    }

    /// A server with two ports says in its message alone which one it could not have.
    private static boolean isAbout(int port, IOException failure) {
        return String.valueOf(failure.getMessage()).endsWith(":" + port);
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
