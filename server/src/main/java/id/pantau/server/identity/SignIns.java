package id.pantau.server.identity;

import java.util.Optional;

/// Finds the actor behind a credential.
public interface SignIns {
    /// The user of a live login session; using it moves its idle expiry.
    Optional<Actor> findBySession(String sessionToken);

    Optional<Actor> findByBearer(String bearerToken);

    /// The user a ticket was made for, if they may still see its camera.
    Optional<TicketHolder> findByTicket(String ticket);

    /// Whether this user still exists and may still see the camera: asked every few seconds by
    /// connections that outlive a request (WebSocket, RTSP).
    boolean stillMayView(String username, String cameraId);

    /// @param cameraId the only camera the ticket opens
    record TicketHolder(Actor actor, String cameraId) {}
}
