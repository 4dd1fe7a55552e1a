package id.pantau.server.camera;

import id.pantau.media.rtsp.RtspTarget;
import java.net.URI;
import java.util.regex.Pattern;

/// Where a stream is pulled from.
///
/// @param url `rtsp://` or `rtsps://`, without user information
public record StreamSource(URI url, RtspTarget.Transport transport) {
    /// Some makers want the password in the path or query: `/user=admin&password=…&channel=1`.
    private static final Pattern PASSWORD =
            Pattern.compile("((?:password|passwd|pwd|pass)=)[^&/;]*", Pattern.CASE_INSENSITIVE);

    /// The URL as people may see it: a password inside its path or query is masked.
    public String shownUrl() {
        return PASSWORD.matcher(url.toString()).replaceAll("$1***");
    }

    @Override
    public String toString() {
        return "%s over %s".formatted(shownUrl(), transport);
    }
}
