package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.recording.Reason;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.Trigger;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Records a camera because somebody asks for it, whatever its mode is.
@Tag(name = "Recordings")
@RestController
@RequestMapping("/api/v1/cameras/{id}/recording/trigger")
class RecordingTriggerController {
    private static final int DEFAULT_SECONDS = 60;
    private static final int MOST_SECONDS = 3600;
    private static final int LONGEST_NOTE = 200;

    /// @param seconds how long from now on, 1..3600; 60 when absent
    /// @param note for the log
    record TriggerInput(@Nullable Integer seconds, @Nullable String note) {}

    record TriggerView(Instant until) {}

    private final RecordingControl recording;
    private final Cameras cameras;
    private final Clock clock;

    RecordingTriggerController(RecordingControl recording, Cameras cameras, Clock clock) {
        this.recording = recording;
        this.cameras = cameras;
        this.clock = clock;
    }

    @Operation(summary = "Record a camera now, for a while; asking again makes it longer")
    @PostMapping
    TriggerView trigger(
            @PathVariable String id, @RequestBody TriggerInput input, HttpServletRequest request) {
        Camera camera = cameras.get(CameraController.cameraId(id));
        if (!camera.enabled()) {
            throw ApiProblem.of(
                    HttpStatus.CONFLICT,
                    "camera.off",
                    "the camera is switched off: switch it on to record it");
        }
        Integer asked = input.seconds();
        int seconds = asked == null ? DEFAULT_SECONDS : asked;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw ApiProblem.invalid(
                    "seconds", "recording.seconds", "must be 1 to %d".formatted(MOST_SECONDS));
        }
        String note = input.note();
        if (note != null && note.length() > LONGEST_NOTE) {
            throw ApiProblem.invalid(
                    "note",
                    "request.tooLong",
                    "must have at most %d characters".formatted(LONGEST_NOTE));
        }
        Instant now = clock.instant();
        var trigger = new Trigger(reason(request), now, now.plusSeconds(seconds), note);
        recording.trigger(camera.id().value(), trigger);
        return new TriggerView(trigger.until());
    }

    @Operation(summary = "End what was asked for; what the camera's mode keeps goes on")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id) {
        recording.endAsked(cameras.get(CameraController.cameraId(id)).id().value());
    }

    /// People come with a browser's cookie, programs with a token.
    private static Reason reason(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null ? Reason.MANUAL : Reason.API;
    }
}
