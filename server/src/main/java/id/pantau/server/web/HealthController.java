package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamName;
import id.pantau.server.health.Alarms;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.VolumeState;
import id.pantau.server.recording.VolumeStatus;
import id.pantau.server.recording.Volumes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How the server is.
@Tag(name = "Health")
@RestController
class HealthController {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VolumeView(
            String id,
            String path,
            @Word(VolumeState.class) String state,
            @Nullable String detail,
            long totalBytes,
            long freeBytes,
            long recordingsBytes,
            long writeBytesPerS,
            long lowWatermarkBytes,
            long highWatermarkBytes,
            @Nullable Double effectiveRetentionDays,
            @Nullable Instant oldest) {}

    record CameraCounts(int total, int recording, int trouble) {}

    /// @param running now
    /// @param limit so many may; 0: they are off
    /// @param refused tries for which no place was free, since the start
    /// @param droppedUnits pictures that came too fast for the machine, since the start
    record TranscodesView(int running, int limit, long refused, long droppedUnits) {
        static TranscodesView of(LiveTranscodes.Figures figures) {
            return new TranscodesView(
                    figures.running(), figures.limit(), figures.refused(), figures.droppedUnits());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HealthView(
            String version,
            Instant startedAt,
            CameraCounts cameras,
            TranscodesView transcodes,
            @Nullable List<VolumeView> volumes,
            List<AlarmFacts.AlarmView> alarms) {}

    private final Cameras cameras;
    private final CameraStreams streams;
    private final LiveTranscodes transcodes;
    private final RecordingControl recording;
    private final Volumes volumes;
    private final Alarms alarms;
    private final String version;
    private final Instant startedAt;

    HealthController(
            Cameras cameras,
            CameraStreams streams,
            LiveTranscodes transcodes,
            RecordingControl recording,
            Volumes volumes,
            Alarms alarms,
            Clock clock,
            @Value("${pantau.version:development}") String version) {
        this.cameras = cameras;
        this.streams = streams;
        this.transcodes = transcodes;
        this.recording = recording;
        this.volumes = volumes;
        this.alarms = alarms;
        this.version = version;
        this.startedAt = clock.instant();
    }

    @Operation(summary = "How the server and its cameras are")
    @GetMapping("/api/v1/health")
    HealthView health(Actor actor) {
        List<Camera> visible = Rights.visible(actor, cameras.list(), camera -> camera.id().value());
        return new HealthView(
                version,
                startedAt,
                new CameraCounts(
                        visible.size(),
                        (int) visible.stream().filter(this::isRecording).count(),
                        (int) visible.stream().filter(this::isTrouble).count()),
                TranscodesView.of(transcodes.figures()),
                Rights.mayAdminister(actor) ? volumes() : null,
                alarms.list().stream()
                        .filter(alarm -> {
                            String camera = AlarmFacts.camera(alarm);
                            return camera == null
                                    ? Rights.mayAdminister(actor)
                                    : Rights.mayView(actor, camera);
                        })
                        .map(AlarmFacts.AlarmView::of)
                        .toList());
    }

    @Operation(summary = "The volumes that recordings are on")
    @GetMapping("/api/v1/volumes")
    List<VolumeView> volumes() {
        return volumes.list().stream().map(HealthController::view).toList();
    }

    private boolean isRecording(Camera camera) {
        return switch (recording.state(camera.id().value()).phase()) {
            case RECORDING, ARMED -> true; // it does what it is to do
            case OFF, PAUSED, WAITING -> false;
        };
    }

    private boolean isTrouble(Camera camera) {
        if (!camera.enabled()) {
            return false;
        }
        boolean well =
                streams.findState(camera.id(), StreamName.MAIN)
                        .map(state ->
                                switch (state.phase()) {
                                    case STREAMING, IDLE -> true;
                                    case CONNECTING, WAITING, DISABLED -> false;
                                })
                        .orElse(false);
        RecordingSettings recorded = camera.recording();
        boolean records =
                switch (recording.state(camera.id().value()).phase()) {
                    case RECORDING, ARMED -> true;
                    case OFF ->
                            recorded.mode() == RecordingSettings.Mode.OFF
                                    || recorded.week() != null;
                    case PAUSED, WAITING -> false;
                };
        return !well || !records;
    }

    private static VolumeView view(VolumeStatus volume) {
        return new VolumeView(
                volume.id(),
                volume.path().toString(),
                CameraViews.word(volume.state()),
                volume.detail(),
                volume.totalBytes(),
                volume.freeBytes(),
                volume.recordingsBytes(),
                volume.writeBytesPerS(),
                volume.lowWatermarkBytes(),
                volume.highWatermarkBytes(),
                volume.effectiveRetentionDays(),
                volume.oldest());
    }
}
