package id.pantau.server.app;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamName;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingPolicy;
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
            recording.attach(id, main, streams.hub(camera.id(), StreamName.MAIN));
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
        boolean wanted = camera.enabled();
        RecordingPolicy.Mode mode =
                switch (wishes.mode()) {
                    case OFF -> RecordingPolicy.Mode.OFF;
                    case CONTINUOUS ->
                            wanted ? RecordingPolicy.Mode.CONTINUOUS : RecordingPolicy.Mode.OFF;
                };
        return new RecordingPolicy(
                mode, wishes.segment(), Duration.ofDays(days), wishes.retentionBytes());
    }
}
