package id.pantau.server.app;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamAdvice;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamState;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingState;
import id.pantau.server.web.CameraFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks at every camera once a second, or every fifth while no browser listens: tells browsers of
/// changes, and raises an alarm for one that has been away for a while. Nothing on the media path
/// waits for it.
@Component
class CameraMonitor implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ROUNDS_UNHEARD = 5;

    /// A camera that restarts is back by then.
    private static final Duration AWAY = Duration.ofSeconds(30);

    /// What is told when it changes.
    private record Told(
            StreamState.Phase main,
            StreamEnd.@Nullable Reason reason,
            StreamState.@Nullable Phase transcode,
            RecordingState.Phase recording,
            @Nullable String recordedFor) {}

    private final Cameras cameras;
    private final CameraStreams streams;
    private final RecordingControl recording;
    private final Alarms alarms;
    private final CameraFacts facts;
    private final Clock clock;
    private final Rounds rounds;
    private final Map<CameraId, Told> told = new HashMap<>();
    private final Map<CameraId, Instant> awaySince = new HashMap<>();
    private final Set<CameraId> alarmed = new HashSet<>();
    private int unheard; // rounds without a look

    CameraMonitor(
            Cameras cameras,
            CameraStreams streams,
            RecordingControl recording,
            Alarms alarms,
            CameraFacts facts,
            Clock clock) {
        this.cameras = cameras;
        this.streams = streams;
        this.recording = recording;
        this.alarms = alarms;
        this.facts = facts;
        this.clock = clock;
        this.rounds = new Rounds("camera-monitor", EVERY, Sleeper.SYSTEM, this::look);
    }

    void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private void look() {
        if (!facts.isHeard() && ++unheard < ROUNDS_UNHEARD) {
            return;
        }
        unheard = 0;
        var present = new HashSet<CameraId>();
        for (Camera camera : cameras.list()) {
            present.add(camera.id());
            streams.findState(camera.id(), StreamName.MAIN).ifPresent(state -> look(camera, state));
        }
        told.keySet().retainAll(present);
        awaySince.keySet().retainAll(present);
        for (CameraId id : Set.copyOf(alarmed)) {
            if (!present.contains(id)) {
                clear(id);
            }
        }
    }

    private void look(Camera camera, StreamState state) {
        StreamEnd end = state.lastEnd();
        RecordingState recorded = recording.state(camera.id().value());
        var now =
                new Told(
                        state.phase(),
                        end == null ? null : end.reason(),
                        streams.findState(camera.id(), StreamName.TRANSCODE)
                                .map(StreamState::phase)
                                .orElse(null),
                        recorded.phase(),
                        recorded.reason());
        if (!now.equals(told.put(camera.id(), now))) {
            facts.changed(camera);
        }
        switch (state.phase()) {
            case STREAMING, DISABLED, IDLE -> {
                awaySince.remove(camera.id());
                clear(camera.id());
            }
            case CONNECTING, WAITING -> away(camera, end);
        }
    }

    private void away(Camera camera, @Nullable StreamEnd end) {
        Instant now = clock.instant();
        Instant since = awaySince.computeIfAbsent(camera.id(), _ -> now);
        if (end != null && Duration.between(since, now).compareTo(AWAY) >= 0) {
            alarmed.add(camera.id());
            alarms.raise(
                    alarmId(camera.id()),
                    Alarm.Kind.CAMERA,
                    camera.id().value(),
                    end.reason().name(),
                    StreamAdvice.sentence(end));
        }
    }

    private void clear(CameraId camera) {
        if (alarmed.remove(camera)) {
            alarms.clear(alarmId(camera));
        }
    }

    private static String alarmId(CameraId camera) {
        return "camera-" + camera;
    }
}
