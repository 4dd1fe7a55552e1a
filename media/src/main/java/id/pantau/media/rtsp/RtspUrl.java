package id.pantau.media.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The URLs of RTSP: as users paste them, as cameras write them, and as logs may show them.
public final class RtspUrl {
    public static final int DEFAULT_PORT = 554;

    /// RFC 2326 does not know TLS; 322 is what RFC 7826 §4.2 gave it.
    public static final int DEFAULT_TLS_PORT = 322;

    private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps");

    /// An IP address, or anything with a port.
    private static final Pattern CERTAIN_HOST =
            Pattern.compile(
                    "(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.%]+])(:\\d{1,5})?|[^:]+:\\d{1,5}");

    private static final Pattern USER_INFO = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)\\S*@");

    /// `rtsp://host/user=admin&password=x` is how a whole family of cameras takes its login.
    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile(
                    "(?i)\\b(user(?:name)?|usr|login|pass(?:word|wd)?|pwd|psw|auth|token|key)=[^&/?#;\\s]*");

    /// What a user pasted, taken apart.
    ///
    /// @param url without user information
    /// @param username null when the URL has none
    /// @param password null when the URL has none
    public record Pasted(URI url, @Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return redact(url.toString());
        }
    }

    private RtspUrl() {}

    /// Splits the user information off, whatever characters it is made of, and makes a valid URI of
    /// the rest: `rtsp://user:p@ss/word@host/path` has the password `p@ss/word`.
    ///
    /// @throws IllegalArgumentException with a sentence for people, and no credentials, when no
    ///   camera can have that address
    public static Pasted parse(String pasted) {
        String text = pasted.strip();
        int scheme = text.indexOf("://");
        if (scheme < 0 || !SCHEMES.contains(text.substring(0, scheme).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the address must begin with rtsp:// or rtsps://");
        }
        String rest = text.substring(scheme + 3);
        int at = userInfoEnd(rest);
        String userInfo = at < 0 ? null : rest.substring(0, at);
        URI url = uri(text.substring(0, scheme).toLowerCase(Locale.ROOT), rest.substring(at + 1));
        if (userInfo == null) {
            return new Pasted(url, null, null);
        }
        int colon = userInfo.indexOf(':');
        String username = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        return new Pasted(url, username, colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
    }

    /// The index of the `@` behind the user information, -1 without one. Passwords hold `@`, `/`,
    /// `#` and `?` although none of them may stand there.
    private static int userInfoEnd(String rest) {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int plain = authority.lastIndexOf('@');
        int last = rest.lastIndexOf('@');
        if (plain >= 0) {
            // Behind a slash an @ is of the path, unless what follows can only be a host.
            String behind = rest.substring(last + 1).split("[/?#]", 2)[0];
            return CERTAIN_HOST.matcher(behind).matches() ? last : plain;
        }
        return isHostAndPort(authority) ? -1 : last;
    }

    private static boolean isHostAndPort(String authority) {
        return authority.matches("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]+)(:\\d{1,5})?");
    }

    private static URI uri(String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end);
        if (!isHostAndPort(authority)) {
            throw new IllegalArgumentException("the address has no valid host and port");
        }
        try {
            URI url = new URI(scheme + "://" + authority + escaped(rest.substring(end)));
            if (url.getHost() == null || url.getPort() > 65_535) {
                throw new IllegalArgumentException("the address has no valid host and port");
            }
            return url;
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("the address has no valid host and port");
        }
    }

    /// Percent-encodes what no URI may hold; percent signs that already encode stay.
    private static String escaped(String path) {
        var text = new StringBuilder();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean encodes = c == '%' && i + 2 < bytes.length && isHex(bytes[i + 1], bytes[i + 2]);
            if (c > ' ' && c < 0x7f && "\"<>\\^`{|}[]%#".indexOf(c) < 0 || encodes) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            }
        }
        return text.toString();
    }

    private static boolean isHex(byte high, byte low) {
        return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low);
    }

    /// Percent-decodes where every percent sign encodes something; a password may hold a bare one.
    private static String decoded(String text) {
        if (!text.contains("%") || text.matches(".*%(?![0-9A-Fa-f]{2}).*")) {
            return text;
        }
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Why that URL is not pulled; empty when it may be.
    public static Optional<String> refusal(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            return Optional.of("only rtsp:// and rtsps:// are pulled");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            return Optional.of("the URL names no host");
        }
        return url.getPort() > 65_535 || url.getPort() == 0
                ? Optional.of("the URL names no valid port")
                : Optional.empty();
    }

    /// A Location as an absolute URL; relative ones exist.
    static String absolute(URI from, String location) {
        boolean absolute = location.matches("(?i)[a-z][a-z0-9+.-]*://.*");
        String root = from.getScheme() + "://" + from.getRawAuthority();
        return absolute ? location : root + (location.startsWith("/") ? "" : "/") + location;
    }

    static boolean isTls(URI url) {
        return "rtsps".equalsIgnoreCase(url.getScheme());
    }

    static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return isTls(url) ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    }

    /// Any text with the credentials in its URLs replaced: user information, and parameters that
    /// look like a login.
    public static String redact(String text) {
        String withoutUser = USER_INFO.matcher(text).replaceAll("$1***@");
        return PASSWORD_PARAMETER.matcher(withoutUser).replaceAll("$1=***");
    }

    /// The URL that relative controls are appended to (RFC 2326 §C.1.1), with what cameras get
    /// wrong put right: a missing or doubled scheme, an IPv6 address without brackets.
    public static String base(
            @Nullable String contentBase, @Nullable String contentLocation, String requestUrl) {
        if (contentBase != null && !contentBase.isBlank()) {
            return repaired(contentBase.strip());
        }
        if (contentLocation != null && !contentLocation.isBlank()) {
            return repaired(contentLocation.strip());
        }
        return requestUrl;
    }

    private static String repaired(String base) {
        String rest = base;
        String scheme = "rtsp://";
        while (isAbsolute(rest)) {
            scheme = rest.substring(0, rest.indexOf("://") + 3);
            rest = rest.substring(scheme.length());
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        boolean bareIpv6 = authority.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        return bareIpv6
                ? scheme + '[' + authority + ']' + (slash < 0 ? "" : rest.substring(slash))
                : scheme + rest;
    }

    /// The URL of a control attribute: absolute ones untouched, `*` and nothing are the base
    /// itself, everything else is appended with one slash between, also behind a query. That is
    /// what cameras expect, whatever RFC 3986 says.
    public static String control(String base, @Nullable String control) {
        if (control == null || control.isEmpty() || control.equals("*")) {
            return base;
        }
        if (isAbsolute(control)) {
            return control;
        }
        String front = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return front + '/' + (control.startsWith("/") ? control.substring(1) : control);
    }

    private static boolean isAbsolute(String text) {
        return text.regionMatches(true, 0, "rtsp://", 0, 7)
                || text.regionMatches(true, 0, "rtsps://", 0, 8);
    }
}
