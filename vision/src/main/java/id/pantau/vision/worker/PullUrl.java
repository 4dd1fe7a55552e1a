package id.pantau.vision.worker;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The URL as FFmpeg wants it: with user name and password in it.
final class PullUrl {
    private PullUrl() {}

    static String withCredentials(PullRequest request) {
        String url = request.url();
        String username = request.username();
        if (username == null) {
            return url;
        }
        int host = url.indexOf("://") + 3;
        String password = request.password();
        return url.substring(0, host)
                + encoded(username)
                + (password == null ? "" : ":" + encoded(password))
                + "@"
                + url.substring(host);
    }

    /// For sentences: the host alone.
    static String host(String url) {
        @Nullable String host;
        try {
            host = new URI(url).getHost();
        } catch (URISyntaxException _) {
            host = null;
        }
        return host == null ? "The source" : host;
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (b >= 'a' && b <= 'z')
                            || (b >= 'A' && b <= 'Z')
                            || (b >= '0' && b <= '9')
                            || "-._~".indexOf(b) >= 0;
            if (plain) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }
}
