package id.pantau.server.camera;

import id.pantau.media.hub.StreamAttempt;

/// Makes the attempts that read a camera's stream: RTSP in the product, anything in a test.
@FunctionalInterface
public interface StreamOpener {
    /// A fresh attempt; asked anew for each, so that a name that resolves differently or a rule that
    /// changed is seen.
    StreamAttempt open(Camera camera, StreamName stream, StreamSource source);
}
