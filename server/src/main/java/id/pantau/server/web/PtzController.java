package id.pantau.server.web;

import id.pantau.server.camera.CameraDevices;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.PtzFacts;
import id.pantau.server.onvif.Preset;
import id.pantau.server.onvif.PtzVector;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Moves cameras.
@Tag(name = "ONVIF")
@RestController
@RequestMapping("/api/v1/cameras/{id}/ptz")
class PtzController {
    private static final long DEFAULT_TIMEOUT_MS = 2_000;
    private static final long SHORTEST_TIMEOUT_MS = 100;
    private static final long LONGEST_TIMEOUT_MS = 60_000;
    private static final long DEFAULT_STAY_MS = 15_000;
    private static final long SHORTEST_STAY_MS = 5_000;
    private static final long LONGEST_STAY_MS = 3_600_000;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_STOPS = 64;

    private final Cameras cameras;
    private final CameraDevices devices;

    PtzController(Cameras cameras, CameraDevices devices) {
        this.cameras = cameras;
        this.devices = devices;
    }

    @Operation(summary = "What the drive of a camera can do, and its presets")
    @GetMapping
    PtzTypes.PtzView facts(@PathVariable String id) {
        return PtzTypes.PtzView.of(devices.ptz(known(id)));
    }

    @Operation(summary = "Move a camera: at a speed for a while, to a place, or by a distance")
    @PostMapping("/move")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void move(@PathVariable String id, @RequestBody PtzTypes.MoveInput input) {
        CameraId camera = known(id);
        var vector =
                new PtzVector(
                        axis("pan", input.pan()),
                        axis("tilt", input.tilt()),
                        axis("zoom", input.zoom()));
        PtzTypes.MoveMode mode = input.mode();
        switch (mode == null ? PtzTypes.MoveMode.CONTINUOUS : mode) {
            case CONTINUOUS ->
                    devices.move(
                            camera,
                            vector,
                            Duration.ofMillis(
                                    within(
                                            "timeoutMs",
                                            input.timeoutMs(),
                                            DEFAULT_TIMEOUT_MS,
                                            SHORTEST_TIMEOUT_MS,
                                            LONGEST_TIMEOUT_MS)));
            case ABSOLUTE -> devices.moveTo(camera, vector);
            case RELATIVE -> devices.moveBy(camera, vector);
        }
    }

    @Operation(summary = "Stop moving")
    @PostMapping("/stop")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stop(@PathVariable String id) {
        devices.stop(known(id));
    }

    @Operation(summary = "Go to a preset or home")
    @PostMapping("/goto")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void goTo(@PathVariable String id, @RequestBody PtzTypes.GotoInput input) {
        CameraId camera = known(id);
        if (Boolean.TRUE.equals(input.home())) {
            devices.gotoHome(camera);
        } else {
            devices.gotoPreset(camera, Required.field("preset", input.preset()));
        }
    }

    @Operation(summary = "Keep where the camera looks as a preset")
    @PostMapping("/presets")
    @ResponseStatus(HttpStatus.CREATED)
    PtzTypes.PresetView setPreset(
            @PathVariable String id, @RequestBody PtzTypes.PresetInput input) {
        CameraId camera = known(id);
        String name = Required.field("name", input.name()).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw ApiProblem.invalid(
                    "name",
                    "ptz.presetName",
                    "must have 1 to %d characters".formatted(LONGEST_NAME));
        }
        return new PtzTypes.PresetView(devices.setPreset(camera, name), name);
    }

    @Operation(summary = "Forget a preset")
    @DeleteMapping("/presets/{preset}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePreset(@PathVariable String id, @PathVariable String preset) {
        devices.removePreset(known(id), preset);
    }

    @Operation(summary = "Start or stop a round of the presets")
    @PostMapping("/patrol")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void patrol(@PathVariable String id, @RequestBody PtzTypes.PatrolInput input) {
        CameraId camera = known(id);
        switch (Required.field("action", input.action())) {
            case STOP -> devices.endPatrol(camera);
            case START -> {
                long stayMs =
                        within(
                                "stayMs",
                                input.stayMs(),
                                DEFAULT_STAY_MS,
                                SHORTEST_STAY_MS,
                                LONGEST_STAY_MS);
                devices.patrol(camera, stops(camera, input.presets()), Duration.ofMillis(stayMs));
            }
        }
    }

    private List<String> stops(CameraId camera, @Nullable List<String> wanted) {
        PtzFacts facts = devices.ptz(camera);
        List<String> known = facts.presets().stream().map(Preset::token).toList();
        List<String> stops = wanted == null ? known : wanted;
        if (stops.isEmpty() || stops.size() > MOST_STOPS || !known.containsAll(stops)) {
            throw ApiProblem.invalid(
                    "presets",
                    "ptz.patrolPresets",
                    "must be 1 to %d presets of this camera".formatted(MOST_STOPS));
        }
        return stops;
    }

    /// @throws id.pantau.server.camera.CameraException NOT_FOUND
    private CameraId known(String id) {
        return cameras.get(CameraController.cameraId(id)).id();
    }

    private static double axis(String field, @Nullable Double value) {
        if (value == null) {
            return 0;
        }
        if (!(value >= -1 && value <= 1)) {
            throw ApiProblem.invalid(field, "ptz.axis", "must be -1 to 1");
        }
        return value;
    }

    private static long within(
            String field, @Nullable Long value, long otherwise, long min, long max) {
        if (value == null) {
            return otherwise;
        }
        if (value < min || value > max) {
            throw ApiProblem.invalid(field, "ptz.time", "must be %d to %d".formatted(min, max));
        }
        return value;
    }
}
