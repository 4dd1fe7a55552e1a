package id.pantau.server.web;

import id.pantau.media.Bytes;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.playback.Clip;
import id.pantau.server.playback.Content;
import id.pantau.server.playback.Playback;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Recorded media. Its bytes go straight from the file to the socket, on the request's virtual
/// thread and past the message converters.
@Tag(name = "Playback")
@RestController
@RequestMapping("/api/v1/cameras/{id}")
class PlaybackController {
    private static final Duration LONGEST_PLAYLIST = Duration.ofDays(2);
    private static final Duration LONGEST_EXPORT = Duration.ofDays(7);
    private static final Pattern RUN = Pattern.compile("(\\d{1,7})-(\\d{1,7})");
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Playback playback;
    private final Cameras cameras;

    PlaybackController(Playback playback, Cameras cameras) {
        this.playback = playback;
        this.cameras = cameras;
    }

    @Operation(summary = "The recordings of a range of time as a VOD HLS playlist")
    @ApiResponse(
            responseCode = "200",
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            mediaType = "application/vnd.apple.mpegurl",
                            schema = @Schema(type = "string")))
    @GetMapping("/playback/index.m3u8")
    void playlist(
            @PathVariable String id,
            @RequestParam String from,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        TimeRange range = TimeRange.of(from, until, LONGEST_PLAYLIST);
        String query =
                ticket.isEmpty()
                        ? ""
                        : "?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
        byte[] text =
                playback.playlist(known(id), range.from(), range.until(), query)
                        .text()
                        .getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/vnd.apple.mpegurl");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    @Operation(summary = "A recorded file's init segment, as the playlist names it")
    @ApiResponse(
            responseCode = "200",
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            mediaType = "video/mp4",
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/playback/{segment}/init.mp4")
    void init(@PathVariable String id, @PathVariable String segment, HttpServletResponse response)
            throws IOException, InterruptedException {
        Bytes init = playback.init(known(id), segment).bytes();
        immutable(response);
        response.setContentType("video/mp4");
        response.setContentLength(init.size());
        response.getOutputStream().write(init.toArray());
    }

    @Operation(summary = "Recorded fragments, as the playlist names them")
    @ApiResponse(
            responseCode = "200",
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            mediaType = "video/iso.segment",
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/playback/{segment}/{run}.m4s")
    void run(
            @PathVariable String id,
            @PathVariable String segment,
            @PathVariable String run,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        Matcher numbers = RUN.matcher(run);
        if (!numbers.matches()) {
            throw ApiProblem.invalid("run", "request.notARun", "must be two numbers: 0-3");
        }
        int first = Integer.parseInt(numbers.group(1));
        int last = Integer.parseInt(numbers.group(2));
        Content content = playback.run(known(id), segment, first, last);
        immutable(response);
        response.setContentType("video/iso.segment");
        send(content, request, response);
    }

    @Operation(
            summary =
                    "The recordings of a range of time as one MP4 file; X-Pantau-Range has its exact range")
    @ApiResponse(
            responseCode = "200",
            content =
                    @io.swagger.v3.oas.annotations.media.Content(
                            mediaType = "video/mp4",
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/export")
    void export(
            @PathVariable String id,
            @RequestParam String from,
            @RequestParam String until,
            @RequestParam(defaultValue = "mp4") String format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!format.equals("mp4")) {
            throw ApiProblem.invalid("format", "export.format", "must be mp4");
        }
        TimeRange range = TimeRange.of(from, until, LONGEST_EXPORT);
        String camera = known(id);
        Clip clip = playback.clip(camera, range.from(), range.until());
        response.setContentType("video/mp4");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Pantau-Range", clip.start() + "/" + clip.end());
        response.setHeader("X-Pantau-Gaps", String.valueOf(clip.gaps()));
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"%s_%s.mp4\"".formatted(camera, fileTime(clip.start())));
        send(clip.content(), request, response);
    }

    private static void send(
            Content content, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentLengthLong(content.sizeBytes());
        if (!request.getMethod().equals("HEAD")) {
            content.writer().writeTo(Channels.newChannel(response.getOutputStream()));
        }
    }

    /// Fragments are appended and never changed.
    private static void immutable(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, max-age=86400, immutable");
    }

    private static String fileTime(Instant time) {
        return FILE_TIME.format(time);
    }

    private String known(String id) {
        CameraId camera = CameraController.cameraId(id);
        return cameras.get(camera).id().value();
    }
}
