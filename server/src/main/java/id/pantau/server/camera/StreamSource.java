package id.pantau.server.camera;

import java.net.URI;
import java.util.regex.Pattern;

/// Where a stream comes from.
///
/// @param url of a [StreamScheme], without user information; or [#PUBLISHED]
/// @param transport of no meaning for a published stream
public record StreamSource(URI url, StreamTransport transport) {
    /// The stream is pushed to us (RTMP, WHIP, RTSP RECORD) by whoever has the camera's stream key.
    /// Written `publish://` by people, which is no URI of RFC 3986.
    public static final URI PUBLISHED = URI.create("publish:///");

    static final String PUBLISHED_TEXT = "publish://";

    /// Some makers want the password in the path or query: `/user=admin&password=…&channel=1`.
    private static final Pattern PASSWORD =
            Pattern.compile(
                    "((?:password|passwd|pwd|pass|passphrase)=)[^&/;]*", Pattern.CASE_INSENSITIVE);

    /// Whether it is read through FFmpeg.
    public boolean isCompat() {
        return transport == StreamTransport.COMPAT;
    }

    public boolean isPublished() {
        return url.equals(PUBLISHED);
    }

    /// The URL as people may see it: a password inside its path or query is masked.
    public String shownUrl() {
        if (isPublished()) {
            return PUBLISHED_TEXT;
        }
        return PASSWORD.matcher(url.toString()).replaceAll("$1***");
    }

    @Override
    public String toString() {
        return "%s over %s".formatted(shownUrl(), transport);
    }
}
