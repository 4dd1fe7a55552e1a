package id.pantau.server.camera;

import id.pantau.server.camera.UrlRules.UrlRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A camera's URL as people paste it, taken apart: the credentials before the host are split off,
/// and characters that cameras accept but RFC 3986 does not are percent-encoded.
///
/// @param url without user information
/// @param username null when the URL has none
/// @param password null when the URL has none
record PastedUrl(URI url, @Nullable String username, @Nullable Secret password) {
    private static final int MAX_LENGTH = 1000;
    private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

    /// @throws UrlRefused when no camera can be meant
    static PastedUrl parse(String text) throws UrlRefused {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new UrlRefused(
                    "camera.urlMissing",
                    "Give the camera's URL, for example rtsp://192.168.1.10/.");
        }
        if (trimmed.length() > MAX_LENGTH) {
            throw new UrlRefused(
                    "camera.urlTooLong",
                    "The URL has %d characters; use at most %d."
                            .formatted(trimmed.length(), MAX_LENGTH));
        }
        if (trimmed.codePoints().anyMatch(PastedUrl::invisible)) {
            throw new UrlRefused(
                    "camera.urlHasControlCharacter",
                    "The URL contains an invisible character; type it instead of pasting it.");
        }
        if (trimmed.equals(StreamSource.PUBLISHED_TEXT)
                || trimmed.equals(StreamSource.PUBLISHED.toString())) {
            return new PastedUrl(StreamSource.PUBLISHED, null, null);
        }
        int schemeEnd = trimmed.indexOf("://");
        if (schemeEnd < 0) {
            throw new UrlRefused(
                    "camera.urlWithoutScheme",
                    "The URL must begin with rtsp:// or rtsps://, or be publish://.");
        }
        String scheme = trimmed.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (StreamScheme.find(scheme).isEmpty()) {
            throw new UrlRefused(
                    "camera.urlScheme",
                    "URLs of the kind %s:// are not supported; use rtsp:// or rtsps://, or publish:// alone;"
                                    .formatted(plain(scheme))
                            + " rtmp://, rtmps://, http://, https:// and srt:// with the transport"
                            + " compat.");
        }
        return split(scheme, trimmed.substring(schemeEnd + 3));
    }

    StreamSource source(CameraDraft.Stream stream) {
        return new StreamSource(url, stream.transport());
    }

    private static PastedUrl split(String scheme, String rest) throws UrlRefused {
        int at = userInfoEnd(rest);
        String host = rest.substring(at + 1);
        if (at < 0) {
            return new PastedUrl(uri(scheme, host), null, null);
        }
        String userInfo = rest.substring(0, at);
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        Secret password = colon < 0 ? null : new Secret(decoded(userInfo.substring(colon + 1)));
        return new PastedUrl(uri(scheme, host), user.isEmpty() ? null : user, password);
    }

    /// People paste passwords that hold `@`, `/`, `#` or `?` as they are. The last `@` of the
    /// authority ends the user information; an authority that is no host and port, such as
    /// `admin:p/ss`, goes on to the next `@`.
    private static int userInfoEnd(String rest) {
        int end = firstOf(rest, "/?#");
        int at = rest.lastIndexOf('@', end - 1);
        String authority = rest.substring(at + 1, end);
        if (at < 0 && end < rest.length() && authority.matches("[^:\\[]+:(?![0-9]{1,5}$).*")) {
            return rest.indexOf('@', end);
        }
        return at;
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static URI uri(String scheme, String rest) throws UrlRefused {
        try {
            var url = new URI(scheme + "://" + encoded(rest));
            if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65535) {
                throw new UrlRefused(
                        "camera.urlHost",
                        "The URL has no valid host; it must look like"
                                + " rtsp://192.168.1.10:554/path.");
            }
            return url;
        } catch (URISyntaxException _) {
            throw new UrlRefused(
                    "camera.urlHost",
                    "The URL cannot be read; it must look like rtsp://192.168.1.10:554/path.");
        }
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        int path = firstOf(text, "/?#");
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean plain =
                    (point >= 'a' && point <= 'z')
                            || (point >= 'A' && point <= 'Z')
                            || (point >= '0' && point <= '9')
                            || (point < 0x80 && ALLOWED.indexOf(point) >= 0);
            boolean bracketInPath = i >= path && (point == '[' || point == ']');
            boolean loosePercent = point == '%' && !isEscape(text, i);
            if (plain && !bracketInPath && !loosePercent) {
                out.appendCodePoint(point);
            } else {
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            }
            i += Character.charCount(point);
        }
        return out.toString();
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static String decoded(String text) {
        var out = new java.io.ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%'
                    && i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2])) {
                int high = HexFormat.fromHexDigit(bytes[i + 1]);
                out.write(high << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean invisible(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
    }

    private static String plain(String scheme) {
        String letters = scheme.replaceAll("[^a-z0-9+.-]", "?");
        return letters.length() > 20 ? letters.substring(0, 20) : letters;
    }
}
