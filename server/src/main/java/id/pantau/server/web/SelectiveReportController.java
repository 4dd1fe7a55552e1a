package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.recording.DayComparison;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingPolicy;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.Rolls;
import id.pantau.server.settings.SiteSettingsStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Compares what the modes of recording keep.
@Tag(name = "Reports")
@RestController
class SelectiveReportController {
    private static final int MOST_DAYS = 31;

    /// @param savedShare 0..1 of what continuous recording keeps; 0 when nothing came
    record ModeView(
            @Word(value = RecordingPolicy.Mode.class, except = "off") String mode,
            long keptMs,
            long sizeBytes,
            double savedShare,
            int spans) {}

    /// @param modes continuous, motion, object
    record DayReportView(
            String camera,
            LocalDate day,
            List<ModeView> modes,
            long lookedFrames,
            long framesWithMotion,
            long framesWithDetection) {}

    /// The settings that the report reckons with: those of now.
    record RollsView(String camera, long preRollMs, long postRollMs, long mergeMs) {}

    record SelectiveReportView(
            String zone,
            LocalDate from,
            LocalDate until,
            List<RollsView> settings,
            List<DayReportView> days) {}

    private final Recordings recordings;
    private final RecordingControl control;
    private final Cameras cameras;
    private final SiteSettingsStore settings;

    SelectiveReportController(
            Recordings recordings,
            RecordingControl control,
            Cameras cameras,
            SiteSettingsStore settings) {
        this.recordings = recordings;
        this.control = control;
        this.cameras = cameras;
        this.settings = settings;
    }

    @Operation(
            summary =
                    "What continuous recording, motion and objects keep of each camera on each day")
    @GetMapping("/api/v1/reports/selective")
    SelectiveReportView report(
            Actor actor,
            @RequestParam(defaultValue = "") String camera,
            @RequestParam String from,
            @RequestParam String until) {
        LocalDate first = day("from", from);
        LocalDate last = day("until", until);
        if (last.isBefore(first) || !first.plusDays(MOST_DAYS).isAfter(last)) {
            throw ApiProblem.invalid(
                    "until",
                    "range.tooLong",
                    "must be 0 to %d days after from".formatted(MOST_DAYS - 1));
        }
        ZoneId zone = settings.current().zone();
        var reckoned = new ArrayList<RollsView>();
        var days = new ArrayList<DayReportView>();
        for (String id : chosen(actor, camera)) {
            Rolls rolls = control.policy(id).map(RecordingPolicy::rolls).orElse(Rolls.DEFAULT);
            reckoned.add(
                    new RollsView(
                            id,
                            rolls.pre().toMillis(),
                            rolls.post().toMillis(),
                            rolls.merge().toMillis()));
            recordings.compare(id, first, last, zone, rolls).stream()
                    .map(compared -> view(id, compared))
                    .forEach(days::add);
        }
        return new SelectiveReportView(zone.getId(), first, last, reckoned, days);
    }

    private List<String> chosen(Actor actor, String camera) {
        List<String> visible =
                Rights.visible(actor, cameras.list(), known -> known.id().value()).stream()
                        .map(Camera::id)
                        .map(Object::toString)
                        .toList();
        if (camera.isEmpty()) {
            return visible;
        }
        if (!visible.contains(camera)) {
            throw ApiProblem.cameraNotFound(camera);
        }
        return List.of(camera);
    }

    private static DayReportView view(String camera, DayComparison compared) {
        long whole = compared.kept().getFirst().sizeBytes();
        return new DayReportView(
                camera,
                compared.day(),
                compared.kept().stream()
                        .map(kept ->
                                new ModeView(
                                        CameraViews.word(kept.mode()),
                                        kept.length().toMillis(),
                                        kept.sizeBytes(),
                                        whole == 0 ? 0 : 1 - (double) kept.sizeBytes() / whole,
                                        kept.spans()))
                        .toList(),
                compared.count().looked(),
                compared.count().withMotion(),
                compared.count().withDetection());
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw ApiProblem.invalid(field, "range.notADay", "must be a day such as 2026-11-21");
        }
    }
}
