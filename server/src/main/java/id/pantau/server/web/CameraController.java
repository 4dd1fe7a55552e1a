package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamKeys;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Tag(name = "Cameras")
@RestController
@RequestMapping("/api/v1/cameras")
class CameraController {
    private final Cameras cameras;
    private final CameraStreams streams;
    private final StreamKeys keys;
    private final CameraViews views;

    CameraController(Cameras cameras, CameraStreams streams, StreamKeys keys, CameraViews views) {
        this.cameras = cameras;
        this.streams = streams;
        this.keys = keys;
        this.views = views;
    }

    @Operation(summary = "The cameras the caller may see, with their state")
    @GetMapping
    List<CameraViews.CameraView> list(Actor actor) {
        return Rights.visible(actor, cameras.list(), camera -> camera.id().value()).stream()
                .map(camera -> views.of(camera, actor))
                .toList();
    }

    @Operation(summary = "Add a camera; it is connected to at once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CameraViews.CameraView add(
            @Shape(CameraInputs.CameraInput.class) @RequestBody JsonNode body, Actor actor) {
        return views.of(cameras.add(CameraInputs.draft(body)), actor);
    }

    @Operation(summary = "One camera with its state")
    @GetMapping("/{id}")
    CameraViews.CameraView get(@PathVariable String id, Actor actor) {
        return views.of(cameras.get(cameraId(id)), actor);
    }

    @Operation(summary = "Change a camera: what is absent stays as it is, null clears")
    @PatchMapping("/{id}")
    CameraViews.CameraView change(
            @PathVariable String id,
            @Shape(CameraInputs.CameraPatch.class) @RequestBody JsonNode body,
            Actor actor) {
        CameraId camera = cameraId(id);
        Camera before = cameras.get(camera);
        return views.of(
                cameras.change(camera, draft -> CameraInputs.changed(draft, body, before)), actor);
    }

    @Operation(summary = "Delete a camera, and its recordings where asked for")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String id,
            @Schema(allowableValues = {"keep", "delete"}) @RequestParam(defaultValue = "keep")
                    String recordings) {
        CameraListener.Recordings fate =
                switch (recordings) {
                    case "keep" -> CameraListener.Recordings.KEEP;
                    case "delete" -> CameraListener.Recordings.DELETE;
                    default ->
                            throw ApiProblem.invalid(
                                    "recordings", "camera.recordings", "must be keep or delete");
                };
        cameras.remove(cameraId(id), fate);
    }

    @Operation(summary = "Connect to a camera anew")
    @PostMapping("/{id}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void restart(@PathVariable String id) {
        CameraId camera = cameraId(id);
        cameras.get(camera);
        streams.restart(camera);
    }

    /// A new stream key for a camera that is published; its publisher is cut off.
    @PostMapping("/{id}/stream-key")
    CameraViews.CameraView rotateStreamKey(@PathVariable String id, Actor actor) {
        Camera camera = cameras.get(cameraId(id));
        if (!camera.main().isPublished()) {
            throw ApiProblem.of(
                    HttpStatus.CONFLICT,
                    "camera.notPublished",
                    "This camera is pulled, not published; it has no stream key.");
        }
        keys.rotate(camera.id());
        streams.restart(camera.id());
        return views.of(camera, actor);
    }

    /// What is no id names no camera.
    static CameraId cameraId(String text) {
        if (!CameraId.isSlug(text)) {
            throw ApiProblem.cameraNotFound(text);
        }
        return new CameraId(text);
    }
}
