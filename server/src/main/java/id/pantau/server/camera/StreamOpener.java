package id.pantau.server.camera;

import org.jspecify.annotations.Nullable;

/// Makes the attempts that read a stream: RTSP in the product, anything in a test.
@FunctionalInterface
public interface StreamOpener {
    /// A fresh attempt; asked anew for each, so that a name that resolves differently is seen.
    ///
    /// @param username null when the camera needs none
    /// @param password null when the camera needs none
    OpenedStream open(StreamSource source, @Nullable String username, @Nullable Secret password);
}
