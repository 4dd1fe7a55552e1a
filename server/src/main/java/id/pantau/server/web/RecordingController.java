package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.server.camera.Cameras;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.recording.Coverage;
import id.pantau.server.recording.Gap;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.Segment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What is recorded and what is missing.
@Tag(name = "Recordings")
@RestController
class RecordingController {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MOST_DAYS = 400;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SegmentView(
            String id,
            Instant start,
            Instant end,
            long sizeBytes,
            List<String> reasons,
            @Nullable Codec videoCodec,
            @Nullable Codec audioCodec,
            boolean open) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GapView(Instant start, Instant end, GapCause cause, @Nullable String detail) {}

    record SpanView(Instant start, Instant end, List<String> reasons, long sizeBytes) {}

    record CoverageView(
            Instant from,
            Instant until,
            long wantedMs,
            long recordedMs,
            List<SpanView> spans,
            List<GapView> gaps) {}

    record CameraCoverageView(String camera, long wantedMs, long recordedMs, List<GapView> gaps) {}

    record DayView(LocalDate day, long recordedMs, long gapMs) {}

    private final Recordings recordings;
    private final Cameras cameras;

    RecordingController(Recordings recordings, Cameras cameras) {
        this.recordings = recordings;
        this.cameras = cameras;
    }

    @Operation(summary = "The recorded files of a range of time")
    @GetMapping("/api/v1/cameras/{id}/recordings")
    List<SegmentView> list(
            @PathVariable String id, @RequestParam String from, @RequestParam String until) {
        TimeRange range = TimeRange.of(from, until, LONGEST);
        return recordings.list(known(id), range.from(), range.until()).stream()
                .map(RecordingController::view)
                .toList();
    }

    @Operation(summary = "What is recorded in a range of time, and what is missing, with its cause")
    @GetMapping("/api/v1/cameras/{id}/coverage")
    CoverageView coverage(
            @PathVariable String id, @RequestParam String from, @RequestParam String until) {
        TimeRange range = TimeRange.of(from, until, LONGEST);
        Coverage coverage = recordings.coverage(known(id), range.from(), range.until());
        return new CoverageView(
                coverage.from(),
                coverage.until(),
                coverage.wanted().toMillis(),
                coverage.recorded().toMillis(),
                coverage.spans().stream()
                        .map(span ->
                                new SpanView(
                                        span.start(), span.end(), span.reasons(), span.sizeBytes()))
                        .toList(),
                coverage.gaps().stream().map(RecordingController::view).toList());
    }

    @Operation(summary = "How much is recorded on each day")
    @GetMapping("/api/v1/cameras/{id}/days")
    List<DayView> days(
            @PathVariable String id,
            @RequestParam String from,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String zone) {
        LocalDate first = day("from", from);
        LocalDate last = day("until", until);
        if (last.isBefore(first) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw ApiProblem.invalid(
                    "until",
                    "range.tooLong",
                    "must be 0 to %d days after from".formatted(MOST_DAYS));
        }
        return recordings.days(known(id), first, last, zone(zone)).stream()
                .map(total ->
                        new DayView(
                                total.day(), total.recorded().toMillis(), total.gap().toMillis()))
                .toList();
    }

    @Operation(summary = "What is missing of every camera in a range of time")
    @GetMapping("/api/v1/coverage")
    List<CameraCoverageView> coverageOfAll(
            Actor actor, @RequestParam String from, @RequestParam String until) {
        TimeRange range = TimeRange.of(from, until, LONGEST);
        return Rights.visible(actor, cameras.list(), camera -> camera.id().value()).stream()
                .map(camera ->
                        recordings.coverage(camera.id().value(), range.from(), range.until()))
                .map(coverage ->
                        new CameraCoverageView(
                                coverage.camera(),
                                coverage.wanted().toMillis(),
                                coverage.recorded().toMillis(),
                                coverage.gaps().stream().map(RecordingController::view).toList()))
                .toList();
    }

    /// Recordings outlive their camera only for people who add it again.
    private String known(String id) {
        return cameras.get(CameraController.cameraId(id)).id().value();
    }

    private static SegmentView view(Segment segment) {
        return new SegmentView(
                segment.id(),
                segment.start(),
                segment.end(),
                segment.sizeBytes(),
                segment.reasons(),
                segment.videoCodec(),
                segment.audioCodec(),
                segment.open());
    }

    private static GapView view(Gap gap) {
        return new GapView(gap.start(), gap.end(), gap.cause(), gap.detail());
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw ApiProblem.invalid(field, "range.notADay", "must be a day such as 2026-11-21");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException _) {
            throw ApiProblem.invalid(
                    "zone", "range.notAZone", "must be a time zone such as Asia/Jakarta");
        }
    }
}
