package id.pantau.media.rtsp;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What to pull and how.
///
/// @param url `rtsp://` or `rtsps://`, without user information
/// @param username null when the camera needs none
/// @param password null when the camera needs none; never appears in [#toString()]
public record RtspTarget(
        URI url, @Nullable String username, @Nullable String password, Transport transport) {
    public enum Transport {
        TCP,
        UDP
    }

    @Override
    public String toString() {
        return "%s over %s".formatted(RtspUrl.redact(url.toString()), transport);
    }
}
