package id.pantau.server.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/// The two cookies of a browser. Both end with the browser; the server ends the login session.
///
/// Over HTTPS they have names of their own: a cookie knows no port, and a browser that holds a
/// `Secure` one takes none of that name over plain HTTP, where nobody could sign in any more. The
/// prefix keeps pages of plain HTTP from planting one (RFC 6265bis §4.1.3).
final class Cookies {
    static final String SESSION = "PANTAU_SESSION";
    static final String CSRF = "PANTAU_CSRF";
    private static final String SECURE_PREFIX = "__Host-";

    private Cookies() {}

    /// @param name as over plain HTTP
    static Optional<String> find(HttpServletRequest request, String name) {
        String sent = nameOf(name, request.isSecure());
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(sent))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /// `Set-Cookie` for the login session: no script reads it.
    static String session(String token, boolean secure) {
        return cookie(SESSION, token, secure).httpOnly(true).build().toString();
    }

    /// `Set-Cookie` for the CSRF token: the UI's script reads it and echoes it as a header.
    static String csrf(String token, boolean secure) {
        return cookie(CSRF, token, secure).build().toString();
    }

    static String expired(String name, boolean secure) {
        return cookie(name, "", secure).httpOnly(name.equals(SESSION)).maxAge(0).build().toString();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(
            String name, String value, boolean secure) {
        return ResponseCookie.from(nameOf(name, secure), value)
                .path("/")
                .sameSite("Strict")
                .secure(secure);
    }

    private static String nameOf(String name, boolean secure) {
        return secure ? SECURE_PREFIX + name : name;
    }
}
