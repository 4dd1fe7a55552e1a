package id.pantau.media.rtsp;

import java.net.URI;
import java.util.Optional;

/// Which URLs may be connected to. Asked right before every connection: the first, and each one
/// that a camera redirects to, because a camera must not send this server where its owner could
/// not.
@FunctionalInterface
public interface UrlPolicy {
    /// Whatever can be pulled.
    UrlPolicy ANY = _ -> Optional.empty();

    /// @param url without user information
    /// @return one sentence why not and what to do, without credentials; empty when it may be
    Optional<String> refusal(URI url);
}
