package id.pantau.server.relay;

import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.StreamName;
import java.time.Instant;

/// A stream that is pushed to another server.
///
/// @param id made by this server
/// @param enabled whether it is pushed now
public record Relay(
        String id,
        CameraId camera,
        StreamName stream,
        RelayTarget target,
        boolean enabled,
        Instant createdAt) {}
