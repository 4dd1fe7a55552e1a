package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraChecks;
import id.pantau.server.camera.CameraFinding;
import id.pantau.server.camera.CameraPart;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.CheckedCamera;
import id.pantau.server.camera.Finding;
import id.pantau.server.camera.NightlyChecks;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is wrong with cameras, as their newest examination found it.
@Tag(name = "Findings")
@RestController
class FindingController {
    private static final int AT_ONCE = 4;

    /// @param since when it was first found
    record KnownFindingView(
            @Word(CameraPart.class) String part,
            String code,
            @Word(Finding.Severity.class) String severity,
            String detail,
            Map<String, String> params,
            Instant since) {
        static KnownFindingView of(CameraFinding known) {
            Finding finding = known.finding();
            return new KnownFindingView(
                    CameraViews.word(known.part()),
                    finding.code(),
                    CameraViews.word(finding.severity()),
                    finding.detail(),
                    finding.params(),
                    known.since());
        }
    }

    /// @param examinedAt absent before the first examination
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CameraFindingsView(
            String camera, @Nullable Instant examinedAt, List<KnownFindingView> findings) {
        static CameraFindingsView of(Camera camera, @Nullable CheckedCamera checked) {
            return new CameraFindingsView(
                    camera.id().value(),
                    checked == null ? null : checked.at(),
                    checked == null
                            ? List.of()
                            : checked.findings().stream().map(KnownFindingView::of).toList());
        }
    }

    /// @param nextAt when the nightly examination begins; absent when it is switched off
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FindingsView(@Nullable Instant nextAt, List<CameraFindingsView> cameras) {}

    private final Cameras cameras;
    private final CameraChecks checks;
    private final NightlyChecks nightly;
    private final Semaphore running = new Semaphore(AT_ONCE);

    FindingController(Cameras cameras, CameraChecks checks, NightlyChecks nightly) {
        this.cameras = cameras;
        this.checks = checks;
        this.nightly = nightly;
    }

    @Operation(summary = "What the newest examination of each camera found, by the cameras' names")
    @GetMapping("/api/v1/findings")
    FindingsView list(Actor actor) {
        Map<String, CheckedCamera> checked =
                checks.list().stream()
                        .collect(
                                Collectors.toMap(one -> one.camera().value(), Function.identity()));
        return new FindingsView(
                nightly.next(),
                Rights.visible(actor, cameras.list(), camera -> camera.id().value()).stream()
                        .map(camera ->
                                CameraFindingsView.of(camera, checked.get(camera.id().value())))
                        .toList());
    }

    @Operation(summary = "What the newest examination of a camera found")
    @GetMapping("/api/v1/cameras/{id}/findings")
    CameraFindingsView get(@PathVariable String id) {
        Camera camera = cameras.get(CameraController.cameraId(id));
        return CameraFindingsView.of(camera, checks.find(camera.id()).orElse(null));
    }

    @Operation(summary = "Examine a camera now; takes up to 20 s")
    @PostMapping("/api/v1/cameras/{id}/findings")
    CameraFindingsView examine(@PathVariable String id) throws InterruptedException {
        Camera camera = cameras.get(CameraController.cameraId(id));
        if (!running.tryAcquire()) {
            throw ApiProblem.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "probe.busy",
                    "%d cameras are being examined already; try again in a few seconds"
                            .formatted(AT_ONCE));
        }
        try {
            return CameraFindingsView.of(camera, checks.check(camera));
        } finally {
            running.release();
        }
    }
}
