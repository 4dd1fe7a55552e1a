package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.Finding;
import id.pantau.server.camera.Probe;
import id.pantau.server.camera.ProbeReport;
import id.pantau.server.camera.Secret;
import id.pantau.server.camera.StreamAdvice;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamTransport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Tag(name = "Cameras")
@RestController
class CameraProbeController {
    private static final int AT_ONCE = 4;

    /// @param camera lends its stored password to a URL that came back as it was shown
    record ProbeInput(
            String url,
            @Word(StreamTransport.class) @Nullable String transport,
            @Nullable String username,
            @Nullable String password,
            @Nullable String camera) {}

    record FindingView(
            String code,
            @Word(Finding.Severity.class) String severity,
            String detail,
            Map<String, String> params) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProbeView(
            boolean ok,
            StreamEnd.@Nullable Reason reason,
            @Nullable String detail,
            CameraViews.@Nullable FormatView format,
            @Nullable Double fps,
            @Nullable Long bitrateBps,
            @Nullable Long keyFrameIntervalMs,
            @Word(StreamTransport.class) String transport,
            @Nullable String server,
            List<FindingView> findings) {}

    private final Probe probe;
    private final Cameras cameras;
    private final Semaphore running = new Semaphore(AT_ONCE);

    CameraProbeController(Probe probe, Cameras cameras) {
        this.probe = probe;
        this.cameras = cameras;
    }

    @Operation(summary = "Play a stream for some seconds and say what it is; takes up to 20 s")
    @PostMapping("/api/v1/probe")
    ProbeView probe(@Shape(ProbeInput.class) @RequestBody JsonNode body)
            throws InterruptedException {
        String url = CameraInputs.text(body, "url", null);
        if (url == null) {
            throw ApiProblem.invalid("url", "request.missing", "is missing");
        }
        StreamTransport transport = CameraInputs.transport(body, "transport", StreamTransport.TCP);
        Camera lender = lender(body);
        StreamSource shown = lender == null ? null : shown(lender, url);
        String username =
                CameraInputs.text(body, "username", lender == null ? null : lender.username());
        String typed = CameraInputs.text(body, "password", null);
        Secret password =
                typed != null ? new Secret(typed) : lender == null ? null : lender.password();
        if (!running.tryAcquire()) {
            throw ApiProblem.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "probe.busy",
                    "%d cameras are being probed already; try again in a few seconds"
                            .formatted(AT_ONCE));
        }
        try {
            String real = shown == null ? url : shown.url().toString();
            return view(probe.run(real, transport, username, password));
        } finally {
            running.release();
        }
    }

    private @Nullable Camera lender(JsonNode body) {
        String id = CameraInputs.text(body, "camera", null);
        return id == null ? null : cameras.get(CameraController.cameraId(id));
    }

    /// The stored URL behind one that came back as it was shown, its password masked.
    private static @Nullable StreamSource shown(Camera camera, String url) {
        return StreamName.OF_CAMERAS.stream()
                .flatMap(stream -> camera.source(stream).stream())
                .filter(source -> source.shownUrl().equals(url))
                .findFirst()
                .orElse(null);
    }

    private static ProbeView view(ProbeReport report) {
        StreamEnd failure = report.failure();
        StreamFormat format = report.format();
        Duration interval = report.keyFrameInterval();
        boolean plays = report.plays();
        return new ProbeView(
                plays,
                failure == null ? null : failure.reason(),
                failure == null ? null : StreamAdvice.sentence(failure),
                format == null ? null : CameraViews.of(format),
                plays ? Math.round(report.fps() * 100) / 100.0 : null,
                plays ? report.bitrateBps() : null,
                interval == null ? null : interval.toMillis(),
                CameraViews.word(report.transport()),
                report.server(),
                report.findings().stream().map(CameraProbeController::view).toList());
    }

    static FindingView view(Finding finding) {
        return new FindingView(
                finding.code(),
                CameraViews.word(finding.severity()),
                finding.detail(),
                finding.params());
    }
}
