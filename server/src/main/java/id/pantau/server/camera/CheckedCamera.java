package id.pantau.server.camera;

import java.time.Instant;
import java.util.List;

/// What the newest examination of a camera came to.
///
/// @param findings worst first, then in the order of the parts
public record CheckedCamera(CameraId camera, Instant at, List<CameraFinding> findings) {
    public CheckedCamera {
        findings = List.copyOf(findings);
    }
}
