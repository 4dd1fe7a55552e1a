package id.pantau.server.web;

import id.pantau.media.hls.DeliveryDirectives;
import id.pantau.media.hls.HlsException;
import id.pantau.media.hls.HlsFile;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.StreamName;
import id.pantau.server.live.HlsStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Live HLS. A request that waits for media holds its virtual thread and nothing else.
@RestController
@RequestMapping("/hls/{id}")
class HlsController {
    private final HlsStreams streams;
    private final LiveTranscodes transcodes;
    private final Cameras cameras;

    HlsController(HlsStreams streams, LiveTranscodes transcodes, Cameras cameras) {
        this.streams = streams;
        this.transcodes = transcodes;
        this.cameras = cameras;
    }

    @GetMapping("/index.m3u8")
    void multivariant(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        send(streams.multivariant(camera(id), query(ticket)), response);
    }

    @GetMapping("/{stream}/index.m3u8")
    void playlist(
            @PathVariable String id,
            @PathVariable String stream,
            @RequestParam(defaultValue = "") String ticket,
            @RequestParam(name = "_HLS_msn", defaultValue = "") String msn,
            @RequestParam(name = "_HLS_part", defaultValue = "") String part,
            @RequestParam(name = "_HLS_skip", defaultValue = "") String skip,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var directives = DeliveryDirectives.parse(msn, part, skip);
        send(streams.playlist(camera(id), streamName(stream), directives, query(ticket)), response);
    }

    @GetMapping("/{stream}/{init}.mp4")
    void init(
            @PathVariable String id,
            @PathVariable String stream,
            @PathVariable String init,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        send(streams.file(camera(id).id(), streamName(stream), init + ".mp4"), request, response);
    }

    @GetMapping("/{stream}/{segment}.m4s")
    void segment(
            @PathVariable String id,
            @PathVariable String stream,
            @PathVariable String segment,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        send(
                streams.file(camera(id).id(), streamName(stream), segment + ".m4s"),
                request,
                response);
    }

    private static void send(String playlist, HttpServletResponse response) throws IOException {
        byte[] text = playlist.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/vnd.apple.mpegurl");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    /// A name never means other bytes, and is forgotten after a minute or so.
    private static void send(HlsFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(file.contentType());
        response.setHeader("Cache-Control", "private, max-age=60, immutable");
        response.setContentLengthLong(file.sizeBytes());
        if (!request.getMethod().equals("HEAD")) {
            for (ByteBuffer buffer : file.buffers()) {
                response.getOutputStream().write(buffer.duplicate());
            }
        }
    }

    private static String query(String ticket) {
        return ticket.isEmpty()
                ? ""
                : "?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
    }

    private Camera camera(String id) {
        return cameras.get(CameraController.cameraId(id));
    }

    private StreamName streamName(String text) {
        return transcodes
                .findStream(text)
                .orElseThrow(() ->
                        new HlsException(
                                HlsException.Reason.NOT_FOUND, "The camera has no such stream."));
    }
}
