package id.pantau.server.web;

import id.pantau.server.camera.Cameras;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.MediaUse;
import id.pantau.server.identity.Tickets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Tickets for media URLs: players and downloads send no header.
@Tag(name = "Playback")
@RestController
class TicketController {
    private final Tickets tickets;
    private final Cameras cameras;

    TicketController(Tickets tickets, Cameras cameras) {
        this.tickets = tickets;
        this.cameras = cameras;
    }

    /// @param protocol the only way the ticket opens, `rtsp` for example; null for any but `talk`
    /// @param validMs null for as long as the settings say; a day at most
    record TicketRequest(@Nullable String protocol, @Nullable Long validMs) {
        static final TicketRequest PLAIN = new TicketRequest(null, null);
    }

    @Operation(summary = "A short-lived ticket for media URLs of one camera")
    @PostMapping("/api/v1/cameras/{id}/tickets")
    Tickets.Issued issue(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable TicketRequest body,
            Actor actor) {
        String camera = cameras.get(CameraController.cameraId(id)).id().value();
        TicketRequest wanted = body == null ? TicketRequest.PLAIN : body;
        Long validMs = wanted.validMs();
        if (validMs == null) {
            return tickets.issue(actor, camera, use(wanted.protocol()));
        }
        if (validMs < 1000 || validMs > Tickets.LONGEST_LIFE.toMillis()) {
            throw ApiProblem.invalid(
                    "validMs",
                    "ticket.validOutOfRange",
                    "is between 1000 (1 s) and 86400000 (1 d)");
        }
        return tickets.issue(actor, camera, use(wanted.protocol()), Duration.ofMillis(validMs));
    }

    private static @Nullable MediaUse use(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return MediaUse.find(word)
                .orElseThrow(() ->
                        ApiProblem.invalid(
                                "protocol",
                                "ticket.protocol",
                                "is one of "
                                        + Arrays.stream(MediaUse.values())
                                                .map(MediaUse::text)
                                                .collect(Collectors.joining(", "))));
    }
}
