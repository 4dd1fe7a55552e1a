package id.pantau.server.app;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingPolicy;
import id.pantau.server.recording.Rolls;
import id.pantau.server.recording.StreamNeed;
import id.pantau.server.recording.WeekSchedule;
import id.pantau.server.settings.SiteSettingsStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Has every camera's main stream recorded as the camera's settings say.
@Component
class RecordedCameras implements CameraListener, AutoCloseable {
    private final RecordingControl recording;
    private final CameraStreams streams;
    private final SiteSettingsStore settings;
    private final Map<String, Camera> attached = new ConcurrentHashMap<>();

    RecordedCameras(RecordingControl recording, CameraStreams streams, SiteSettingsStore settings) {
        this.recording = recording;
        this.streams = streams;
        this.settings = settings;
        settings.listen(
                _ -> attached.forEach((id, camera) -> recording.setPolicy(id, policy(camera))));
    }

    @Override
    public void cameraSet(Camera camera) {
        String id = camera.id().value();
        recording.setPolicy(id, policy(camera));
        if (attached.put(id, camera) == null) {
            String main = StreamName.MAIN.text();
            recording.attach(
                    id, main, streams.hub(camera.id(), StreamName.MAIN), () -> hold(camera.id()));
        }
        if (!camera.enabled()) {
            recording.endAsked(id);
        }
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        String id = camera.id().value();
        recording.setPolicy(id, RecordingPolicy.OFF);
        if (attached.remove(id) != null) {
            recording.detach(id);
        }
        switch (recordings) {
            case KEEP -> {}
            case DELETE -> recording.forget(id);
        }
    }

    /// Closes every segment, all at the same time.
    @Override
    public void close() {
        var ending =
                attached.keySet().stream()
                        .map(id -> Thread.ofVirtual().start(() -> recording.detach(id)))
                        .toList();
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        attached.clear();
    }

    private RecordingPolicy policy(Camera camera) {
        RecordingSettings wishes = camera.recording();
        Integer own = wishes.retentionDays();
        int days = own == null ? settings.current().defaultRetentionDays() : own;
        RecordingPolicy.Mode mode =
                camera.enabled() ? mode(wishes.mode()) : RecordingPolicy.Mode.OFF;
        String week = camera.enabled() ? wishes.week() : null;
        return new RecordingPolicy(
                mode,
                wishes.segment(),
                Duration.ofDays(days),
                wishes.retentionBytes(),
                new Rolls(wishes.preRoll(), wishes.postRoll(), wishes.merge()),
                week == null ? null : new WeekSchedule(settings.current().zone(), week));
    }

    private static RecordingPolicy.Mode mode(RecordingSettings.Mode mode) {
        return switch (mode) {
            case OFF -> RecordingPolicy.Mode.OFF;
            case CONTINUOUS -> RecordingPolicy.Mode.CONTINUOUS;
            case MOTION -> RecordingPolicy.Mode.MOTION;
            case OBJECT -> RecordingPolicy.Mode.OBJECT;
        };
    }

    /// A camera may be removed while it is asked for: then nothing comes.
    private StreamNeed.Hold hold(CameraId id) {
        try {
            StreamLease lease = streams.watch(id, StreamName.MAIN);
            return lease::close;
        } catch (CameraException _) {
            return () -> {};
        }
    }
}
