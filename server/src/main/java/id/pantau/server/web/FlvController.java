package id.pantau.server.web;

import id.pantau.media.flv.FlvPlayback;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamName;
import id.pantau.server.identity.Actor;
import id.pantau.server.live.FlvSources;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Live FLV as a file without an end; [FlvSockets] has the same address for WebSockets. A player
/// holds its virtual thread and nothing else: too slow, it loses GOPs.
@RestController
class FlvController {
    private final FlvSources sources;
    private final Cameras cameras;
    private final OpenSockets sockets;

    FlvController(FlvSources sources, Cameras cameras, OpenSockets sockets) {
        this.sources = sources;
        this.cameras = cameras;
        this.sockets = sockets;
    }

    @GetMapping(path = FlvSockets.PATTERN, headers = "Upgrade!=websocket")
    void play(
            @PathVariable String id,
            @PathVariable String stream,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        Camera camera = cameras.get(CameraController.cameraId(id));
        StreamName name =
                StreamName.find(stream)
                        .filter(found -> camera.source(found).isPresent())
                        .orElseThrow(() ->
                                ApiProblem.of(
                                        HttpStatus.NOT_FOUND,
                                        "flv.notFound",
                                        "The camera has no such stream."));
        if (request.getMethod().equals("HEAD")) {
            describe(response);
            return;
        }
        Optional<FlvPlayback> started = sources.play(camera, name);
        try (FlvPlayback playback =
                started.orElseThrow(() ->
                        ApiProblem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "flv.notReady",
                                "Nothing comes from the camera yet; try again."))) {
            sockets.opened(playback, actor.username(), id, (_, reason) -> playback.end(reason));
            describe(response);
            send(playback, response.getOutputStream());
        } finally {
            started.ifPresent(sockets::closed);
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType("video/x-flv");
        response.setHeader("Cache-Control", "no-store");
    }

    private static void send(FlvPlayback playback, ServletOutputStream out)
            throws IOException, InterruptedException {
        out.write(playback.fileHeader());
        List<ByteBuffer> tags = playback.takeInFile();
        while (!tags.isEmpty()) {
            for (ByteBuffer tag : tags) {
                out.write(tag);
            }
            out.flush();
            tags = playback.takeInFile();
        }
    }
}
