package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Tickets;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tickets for media URLs: players and downloads send no header.
@RestController
class TicketController {
    private final Tickets tickets;
    private final Cameras cameras;

    TicketController(Tickets tickets, Cameras cameras) {
        this.tickets = tickets;
        this.cameras = cameras;
    }

    @PostMapping("/api/v1/cameras/{id}/tickets")
    Tickets.Issued issue(@PathVariable String id, Actor actor) {
        Camera camera = cameras.get(CameraController.cameraId(id));
        return tickets.issue(actor, camera.id().value());
    }
}
