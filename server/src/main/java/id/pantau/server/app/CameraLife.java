package id.pantau.server.app;

import id.pantau.server.camera.CameraChecks;
import id.pantau.server.camera.CameraDevices;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.CompatOpener;
import id.pantau.server.camera.NightlyChecks;
import id.pantau.server.camera.StreamKeys;
import id.pantau.server.event.EventRetention;
import id.pantau.server.journal.Journal;
import id.pantau.server.journal.JournalCategory;
import id.pantau.server.journal.JournalLine;
import id.pantau.server.live.FlvSources;
import id.pantau.server.live.HlsStreams;
import id.pantau.server.live.LiveStreams;
import id.pantau.server.relay.Relays;
import id.pantau.server.talk.Talks;
import id.pantau.server.vision.Analyses;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts every camera when everything else stands, and ends them first. Streams begin before the
/// recorders that read them; on the way down recorders close their segments while media still
/// comes.
@Component
class CameraLife implements SmartLifecycle {
    private final Cameras cameras;
    private final StreamKeys keys;
    private final CompatOpener compat;
    private final CameraStreams streams;
    private final RecordedCameras recorded;
    private final LiveStreams live;
    private final CameraDevices devices;
    private final HlsStreams hls;
    private final FlvSources flv;
    private final Relays relays;
    private final Talks talks;
    private final CameraMonitor monitor;
    private final CameraChecks checks;
    private final NightlyChecks nightly;
    private final Analyses analyses;
    private final EventRetention eventRetention;
    private final Journal journal;
    private final Clock clock;
    private volatile boolean running;

    CameraLife(
            Cameras cameras,
            StreamKeys keys,
            CompatOpener compat,
            CameraStreams streams,
            RecordedCameras recorded,
            LiveStreams live,
            CameraDevices devices,
            HlsStreams hls,
            FlvSources flv,
            Relays relays,
            Talks talks,
            CameraMonitor monitor,
            CameraChecks checks,
            NightlyChecks nightly,
            Analyses analyses,
            EventRetention eventRetention,
            Journal journal,
            Clock clock) {
        this.cameras = cameras;
        this.keys = keys;
        this.compat = compat;
        this.streams = streams;
        this.recorded = recorded;
        this.live = live;
        this.devices = devices;
        this.hls = hls;
        this.flv = flv;
        this.relays = relays;
        this.talks = talks;
        this.monitor = monitor;
        this.checks = checks;
        this.nightly = nightly;
        this.analyses = analyses;
        this.eventRetention = eventRetention;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        write("server.started", Map.of("version", VersionCommand.version()));
        cameras.listen(keys);
        cameras.listen(compat); // before the streams: what was set aside is tried again
        cameras.listen(streams);
        cameras.listen(recorded);
        cameras.listen(live);
        cameras.listen(devices);
        cameras.listen(hls);
        cameras.listen(flv);
        cameras.listen(relays);
        cameras.listen(talks);
        cameras.listen(checks);
        cameras.listen(analyses);
        relays.start();
        monitor.start();
        nightly.start();
        eventRetention.start();
    }

    @Override
    public void stop() {
        running = false;
        write("server.stopping", Map.of());
        nightly.close();
        eventRetention.close();
        analyses.close();
        monitor.close();
        talks.close();
        relays.close();
        devices.close();
        live.close();
        hls.close();
        flv.close();
        recorded.close();
        streams.close();
    }

    private void write(String code, Map<String, String> params) {
        journal.write(new JournalLine(JournalCategory.SYSTEM, clock.instant(), code, null, params));
    }

    /// Before [StreamServers], and on the way down after them.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
