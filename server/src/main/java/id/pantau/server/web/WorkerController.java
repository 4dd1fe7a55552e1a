package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.identity.Actor;
import id.pantau.server.vision.WorkerState;
import id.pantau.server.vision.Workers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Workers on other machines, for administrators.
@Tag(name = "Workers")
@RestController
@RequestMapping("/api/v1/workers")
class WorkerController {
    private static final int USUAL_CAPACITY = 8;
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    /// @param capacity the most cameras it analyses
    /// @param connectedSince absent while it is not connected, as all that follows
    /// @param cameras analysed there now
    /// @param load of its machine, 1: every core is busy; absent where it cannot say
    /// @param hasModel false: the model in use does not lie there, so cameras that look for objects
    ///   do not go there
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkerView(
            String name,
            int capacity,
            Instant addedAt,
            @Nullable Instant connectedSince,
            @Nullable String address,
            @Nullable Integer cameras,
            @Nullable Double load,
            @Nullable Boolean hasModel) {
        static WorkerView of(WorkerState worker) {
            WorkerState.Connected now = worker.connected();
            return now == null
                    ? new WorkerView(
                            worker.name(),
                            worker.capacity(),
                            worker.addedAt(),
                            null,
                            null,
                            null,
                            null,
                            null)
                    : new WorkerView(
                            worker.name(),
                            worker.capacity(),
                            worker.addedAt(),
                            now.since(),
                            now.address().getAddress().getHostAddress(),
                            now.cameras(),
                            now.load() < 0 ? null : Math.round(now.load() * 100) / 100.0,
                            now.hasModel());
        }
    }

    /// @param port at which workers come in; absent: none may
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkersView(@Nullable Integer port, List<WorkerView> workers) {}

    /// @param name 1 to 40 lower-case letters, digits and hyphens
    /// @param capacity the most cameras it may analyse, 1 to 256; absent: 8
    record WorkerInput(@Wanted @Nullable String name, @Nullable Integer capacity) {}

    /// @param keyFile PEM: what the worker proves itself with; shown this once
    /// @param port at which workers come in; absent: none may
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkerKey(String name, int capacity, String keyFile, @Nullable Integer port) {}

    private final Workers workers;

    WorkerController(Workers workers) {
        this.workers = workers;
    }

    @Operation(summary = "The workers on other machines, by name, and where they come in")
    @GetMapping
    WorkersView list() throws InterruptedException {
        return new WorkersView(port(), workers.list().stream().map(WorkerView::of).toList());
    }

    @Operation(summary = "Let a worker in; the answer holds its key, which is never shown again")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<WorkerKey> add(@RequestBody WorkerInput input, Actor actor) {
        String name = Required.field("name", input.name());
        Integer wished = input.capacity();
        int capacity = wished == null ? USUAL_CAPACITY : wished;
        String key = workers.add(name, capacity);
        AUDIT.info("worker added worker={} by={}", name, actor.username());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new WorkerKey(name, capacity, key, port()));
    }

    @Operation(summary = "Remove a worker: it is cut off, and its key opens nothing any more")
    @DeleteMapping("/{worker}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String worker, Actor actor) {
        workers.remove(worker);
        AUDIT.info("worker removed worker={} by={}", worker, actor.username());
    }

    private @Nullable Integer port() {
        OptionalInt port = workers.port();
        return port.isPresent() ? port.getAsInt() : null;
    }
}
