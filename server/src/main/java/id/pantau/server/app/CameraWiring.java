package id.pantau.server.app;

import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.server.camera.CameraChecks;
import id.pantau.server.camera.CameraDevices;
import id.pantau.server.camera.CameraRepository;
import id.pantau.server.camera.CameraRules;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.CheckTime;
import id.pantau.server.camera.CompatOpener;
import id.pantau.server.camera.DeviceRules;
import id.pantau.server.camera.FindingRepository;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.Loudspeakers;
import id.pantau.server.camera.NightlyChecks;
import id.pantau.server.camera.PasswordVault;
import id.pantau.server.camera.Probe;
import id.pantau.server.camera.PublishedStreams;
import id.pantau.server.camera.RtspOpener;
import id.pantau.server.camera.SourceOpener;
import id.pantau.server.camera.StreamKeys;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.camera.UrlRules;
import id.pantau.server.database.Database;
import id.pantau.server.health.Alarms;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.StreamPasswords;
import id.pantau.server.identity.Tickets;
import id.pantau.server.journal.AlarmJournal;
import id.pantau.server.journal.Journal;
import id.pantau.server.live.FlvSources;
import id.pantau.server.live.HlsStreams;
import id.pantau.server.live.LiveMessage;
import id.pantau.server.live.LiveStreams;
import id.pantau.server.live.OpenStreams;
import id.pantau.server.live.RtmpDoor;
import id.pantau.server.live.RtspDoor;
import id.pantau.server.live.RtspStreams;
import id.pantau.server.live.StreamAccess;
import id.pantau.server.live.WebRtcStreams;
import id.pantau.server.onvif.Discovery;
import id.pantau.server.onvif.Onvif;
import id.pantau.server.playback.Playback;
import id.pantau.server.recording.Recordings;
import id.pantau.server.relay.RelayRepository;
import id.pantau.server.relay.Relays;
import id.pantau.server.settings.Home;
import id.pantau.server.settings.SiteSettingsStore;
import id.pantau.server.talk.Talks;
import id.pantau.server.web.DeviceEventFacts;
import id.pantau.vision.worker.WorkerProcess;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Cameras, their streams, and what shows them live and recorded.
@Configuration(proxyBeanMethods = false)
class CameraWiring {
    private static final String KEY_FILE = "camera.key";

    @Bean
    UrlRules urlRules(OwnPorts ports) {
        return UrlRules.system(ports);
    }

    /// Ends with the context, after every stream.
    @Bean
    WorkerProcess workerProcess(Home home, WorkerSettings settings) {
        var random = RandomGenerator.getDefault();
        return new WorkerProcess(
                VisionWorkerCommand.line(settings.hardwareDecoding()), home.path(), random);
    }

    @Bean
    CompatOpener compatOpener(UrlRules rules, WorkerProcess worker, Clock clock) {
        return new CompatOpener(rules, worker, clock);
    }

    @Bean
    StreamOpener streamOpener(UrlRules rules, CompatOpener compat, Clock clock) {
        var rtsp = new RtspOpener(rules, RtspTimeouts.DEFAULT, clock);
        return new SourceOpener(rtsp, compat::open);
    }

    @Bean
    Probe probe(StreamOpener opener, UrlRules rules) {
        return new Probe(opener, rules);
    }

    @Bean
    Onvif onvif(UrlRules rules, Clock clock) {
        return new Onvif(new DeviceRules(rules), clock);
    }

    @Bean
    Discovery discovery(UrlRules rules) {
        return new Discovery(new DeviceRules(rules));
    }

    @Bean
    CameraDevices cameraDevices(Onvif onvif, DeviceEventFacts facts, Clock clock) {
        var random = RandomGenerator.getDefault();
        return new CameraDevices(onvif, facts::happened, Sleeper.SYSTEM, random, clock);
    }

    @Bean
    Loudspeakers loudspeakers(UrlRules rules, CameraDevices devices, Clock clock) {
        return new Loudspeakers(rules, devices, clock);
    }

    @Bean
    Talks talks(Loudspeakers loudspeakers, Clock clock) {
        return new Talks(loudspeakers, Sleeper.SYSTEM, clock);
    }

    @Bean
    ConnectGate connectGate(SiteSettingsStore settings) {
        var gate = new ConnectGate(settings.current().connectCap());
        settings.listen(changed -> gate.setCapacity(changed.connectCap()));
        return gate;
    }

    @Bean
    LiveTranscodes liveTranscodes(WorkerProcess worker, SiteSettingsStore settings) {
        var transcodes = new LiveTranscodes(worker, settings.current().liveTranscodes());
        settings.listen(changed -> transcodes.setLimit(changed.liveTranscodes()));
        return transcodes;
    }

    @Bean
    CameraStreams cameraStreams(
            StreamOpener opener, ConnectGate gate, LiveTranscodes transcodes, Clock clock) {
        var random = RandomGenerator.getDefault();
        return new CameraStreams(opener, gate, transcodes, Sleeper.SYSTEM, random, clock);
    }

    @Bean
    CameraChecks cameraChecks(
            CameraStreams streams, CameraDevices devices, Database database, Clock clock) {
        return new CameraChecks(streams, devices, new FindingRepository(database), clock);
    }

    @Bean
    NightlyChecks nightlyChecks(
            Cameras cameras, CameraChecks checks, SiteSettingsStore settings, Clock clock) {
        Supplier<CheckTime> time =
                () -> new CheckTime(settings.current().zone(), settings.current().nightlyCheck());
        return new NightlyChecks(cameras, checks, time, Sleeper.SYSTEM, clock);
    }

    @Bean
    PasswordVault passwordVault(Home home) throws IOException {
        return PasswordVault.open(home.resolve(KEY_FILE));
    }

    @Bean
    StreamKeys streamKeys(Database database, PasswordVault vault) {
        return new StreamKeys(database, vault);
    }

    @Bean
    PublishedStreams publishedStreams(StreamKeys keys, Cameras cameras, CameraStreams streams) {
        return new PublishedStreams(keys, cameras, streams);
    }

    @Bean
    StreamAccess streamAccess(SignIns signIns, StreamPasswords passwords, Tickets tickets) {
        return new StreamAccess(signIns, passwords, tickets);
    }

    @Bean
    OpenStreams openStreams(SignIns signIns) {
        return new OpenStreams(signIns);
    }

    @Bean
    RtspDoor rtspDoor(StreamAccess access, OpenStreams open) {
        return new RtspDoor(access, open);
    }

    @Bean
    Supplier<WebRtcServer> webRtcServer(StreamServers servers) {
        return servers::webRtc;
    }

    @Bean
    WebRtcStreams webRtcStreams(CameraStreams streams, Supplier<WebRtcServer> server) {
        return new WebRtcStreams(streams, server, Sleeper.SYSTEM);
    }

    @Bean
    RtspStreams rtspStreams(Cameras cameras, CameraStreams streams) {
        return new RtspStreams(cameras, streams, Sleeper.SYSTEM);
    }

    @Bean
    RtmpDoor rtmpDoor(StreamAccess access, OpenStreams open) {
        return new RtmpDoor(access, open);
    }

    @Bean
    FlvSources flvSources(Cameras cameras, CameraStreams streams) {
        return new FlvSources(cameras, streams, Sleeper.SYSTEM);
    }

    @Bean
    Relays relays(
            Database database,
            PasswordVault vault,
            CameraStreams streams,
            FlvSources flv,
            UrlRules rules,
            Alarms alarms,
            Clock clock) {
        return new Relays(
                new RelayRepository(database, vault),
                streams,
                flv,
                target -> rules.findHostRefusal(target.host(), target.port()),
                Sleeper.SYSTEM,
                RandomGenerator.getDefault(),
                alarms,
                clock);
    }

    @Bean
    Cameras cameras(Database database, PasswordVault vault, UrlRules urls, Clock clock) {
        return new Cameras(new CameraRepository(database, vault), new CameraRules(urls), clock);
    }

    @Bean
    LiveStreams liveStreams(
            CameraStreams streams, Function<LiveMessage, String> texts, Clock clock) {
        return new LiveStreams(streams, texts, clock);
    }

    @Bean
    HlsStreams hlsStreams(CameraStreams streams, Clock clock) {
        return new HlsStreams(streams, clock);
    }

    @Bean
    Playback playback(Recordings recordings) {
        return new Playback(recordings);
    }

    @Bean
    Alarms alarms(Database database, Journal journal, Clock clock) {
        var alarms = new Alarms(database, clock);
        alarms.listen(new AlarmJournal(journal, clock));
        return alarms;
    }
}
