package id.pantau.server.web;

import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.VisionSettings.CountingLine;
import id.pantau.server.event.Event;
import id.pantau.server.event.EventPage;
import id.pantau.server.event.EventQuery;
import id.pantau.server.event.EventRepository;
import id.pantau.server.event.EventType;
import id.pantau.server.event.LineCount;
import id.pantau.server.event.QualityRepository;
import id.pantau.server.event.Snapshots;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Events")
@RestController
@RequestMapping("/api/v1")
class EventController {
    private static final int MOST = 200;

    /// A snapshot may still be exchanged for a better one while its event lasts.
    private static final CacheControl FINISHED = CacheControl.maxAge(Duration.ofDays(7));

    private final EventRepository events;
    private final QualityRepository qualities;
    private final Snapshots snapshots;
    private final Cameras cameras;

    /// @param ids of events
    record SeenInput(@Nullable List<String> ids) {}

    EventController(
            EventRepository events,
            QualityRepository qualities,
            Snapshots snapshots,
            Cameras cameras) {
        this.events = events;
        this.qualities = qualities;
        this.snapshots = snapshots;
        this.cameras = cameras;
    }

    @Operation(summary = "What happened before the cameras the caller may see, newest first")
    @GetMapping("/events")
    EventViews.EventsView list(
            @RequestParam(defaultValue = "") List<String> camera,
            @RequestParam(defaultValue = "") List<String> type,
            @RequestParam(name = "class", defaultValue = "") List<String> labels,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        if (limit < 1 || limit > MOST) {
            throw ApiProblem.invalid("limit", "request.outOfRange", "must be from 1 to 200");
        }
        EventQuery.Cursor after = cursor == null ? null : EventQuery.Cursor.parse(cursor);
        if (cursor != null && after == null) {
            throw ApiProblem.invalid("cursor", "request.malformed", "is no cursor of this list");
        }
        EventPage page =
                events.list(
                        new EventQuery(
                                visible(camera, actor),
                                types(type),
                                Set.copyOf(labels),
                                from,
                                until,
                                after,
                                limit,
                                actor.username()));
        EventQuery.Cursor next = page.next();
        return new EventViews.EventsView(
                page.events().stream()
                        .map(row -> EventViews.of(row.event(), row.seen(), row.flaws()))
                        .toList(),
                next == null ? null : next.text());
    }

    @Operation(summary = "One event with the way its object took")
    @GetMapping("/events/{event}")
    EventViews.EventDetailView get(@PathVariable String event, Actor actor) {
        Event found = find(event, actor);
        return EventViews.detail(
                found, false, qualities.ofEvent(found.id()), events.path(found.id()));
    }

    @Operation(summary = "The best picture of an event")
    @GetMapping(path = "/events/{event}/snapshot.jpg", produces = MediaType.IMAGE_JPEG_VALUE)
    ResponseEntity<byte[]> snapshot(@PathVariable String event, Actor actor) {
        Event found = find(event, actor);
        String name = found.snapshot();
        if (name == null) {
            throw noSnapshot(event);
        }
        try {
            byte[] jpeg = snapshots.read(name);
            boolean finished = found.end() != null;
            return ResponseEntity.ok()
                    .cacheControl(finished ? FINISHED.cachePrivate() : CacheControl.noCache())
                    .contentType(MediaType.IMAGE_JPEG)
                    .body(jpeg);
        } catch (IOException _) {
            throw noSnapshot(event);
        }
    }

    @Operation(summary = "The caller has seen these events")
    @PostMapping("/events/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seen(@RequestBody SeenInput input, Actor actor) {
        List<String> ids = input.ids();
        if (ids == null || ids.size() > MOST) {
            throw ApiProblem.invalid("ids", "request.outOfRange", "must be a list of up to 200");
        }
        List<String> visible =
                ids.stream()
                        .filter(id ->
                                events.find(id)
                                        .filter(event -> Rights.mayView(actor, event.camera()))
                                        .isPresent())
                        .toList();
        events.markSeen(visible, actor.username());
    }

    @Operation(summary = "How many objects have passed a camera's lines")
    @GetMapping("/cameras/{id}/crossings")
    EventViews.CrossingsView crossings(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant until,
            Actor actor) {
        var camera = cameras.get(CameraController.cameraId(id));
        var byLine =
                events.counts(id, from, until).stream()
                        .collect(Collectors.groupingBy(LineCount::line));
        return new EventViews.CrossingsView(
                camera.vision().lines().stream()
                        .map(line -> counts(line, byLine.getOrDefault(line.id(), List.of())))
                        .toList(),
                EventViews.of(qualities.share(id, from, until)));
    }

    private static EventViews.NamedCountsView counts(CountingLine line, List<LineCount> counts) {
        EventViews.LineCountsView sum = EventViews.counts(counts);
        return new EventViews.NamedCountsView(
                line.id(), line.name(), sum.toLeft(), sum.toRight(), sum.byClass());
    }

    /// An event of a camera the caller may not see is none.
    private Event find(String id, Actor actor) {
        return events.find(id)
                .filter(event -> Rights.mayView(actor, event.camera()))
                .orElseThrow(() ->
                        ApiProblem.of(
                                HttpStatus.NOT_FOUND,
                                "event.notFound",
                                "There is no event %s.".formatted(id)));
    }

    private static ApiProblem noSnapshot(String event) {
        return ApiProblem.of(
                HttpStatus.NOT_FOUND,
                "event.noSnapshot",
                "There is no picture of event %s (yet).".formatted(event));
    }

    /// @return null: of all
    private @Nullable Set<String> visible(List<String> wanted, Actor actor) {
        Set<String> asked = new HashSet<>(wanted);
        if (Rights.mayAdminister(actor)) {
            return asked.isEmpty() ? null : asked; // of deleted cameras, too
        }
        return Rights.visible(actor, cameras.list(), one -> one.id().value()).stream()
                .map(one -> one.id().value())
                .filter(id -> asked.isEmpty() || asked.contains(id))
                .collect(Collectors.toSet());
    }

    private static Set<EventType> types(List<String> words) {
        return words.stream()
                .map(word ->
                        Arrays.stream(EventType.values())
                                .filter(type -> CameraViews.word(type).equals(word))
                                .findFirst()
                                .orElseThrow(() ->
                                        ApiProblem.invalid(
                                                "type",
                                                "request.unknownWord",
                                                "%s is no type of event".formatted(word))))
                .collect(Collectors.toSet());
    }
}
