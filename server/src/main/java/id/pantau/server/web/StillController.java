package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamName;
import id.pantau.server.vision.Stills;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Still pictures of cameras.
@Tag(name = "Live")
@RestController
@RequestMapping("/api/v1/cameras/{id}")
class StillController {
    private static final int LEAST_PX = 64;
    private static final int MOST_PX = 3840;

    private final Cameras cameras;
    private final Stills stills;

    StillController(Cameras cameras, Stills stills) {
        this.cameras = cameras;
        this.stills = stills;
    }

    @Operation(summary = "The camera's picture now, from its newest key frame")
    @GetMapping(path = "/snapshot.jpg", produces = MediaType.IMAGE_JPEG_VALUE)
    ResponseEntity<byte[]> snapshot(
            @PathVariable String id,
            @RequestParam(defaultValue = "main") String stream,
            @RequestParam(defaultValue = "3840") int width)
            throws InterruptedException {
        Camera camera = cameras.get(CameraController.cameraId(id));
        StreamName name =
                StreamName.find(stream)
                        .orElseThrow(() ->
                                ApiProblem.invalid(
                                        "stream", "request.unknownWord", "must be main or sub"));
        if (width < LEAST_PX || width > MOST_PX) {
            throw ApiProblem.invalid(
                    "width",
                    "request.outOfRange",
                    "must be from %d to %d".formatted(LEAST_PX, MOST_PX));
        }
        try {
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .contentType(MediaType.IMAGE_JPEG)
                    .body(stills.take(camera, name, width));
        } catch (Stills.NoPictureException e) {
            throw ApiProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "camera.noPicture",
                    e.sentence(),
                    Map.of("camera", id));
        }
    }
}
