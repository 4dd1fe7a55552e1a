package id.pantau.server.web;

import id.pantau.server.identity.MediaUse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// One row of [Routes]: a pattern and who may use it.
///
/// @param method HTTP method; a `GET` row allows `HEAD` too
/// @param use the way media leave by this route, for which `?ticket=` may stand in for a sign-in;
///   null when no ticket opens it
/// @param webSocket whether this is a WebSocket handshake
record Route(
        String method,
        PathPattern pattern,
        Right right,
        @Nullable MediaUse use,
        boolean webSocket) {
    /// Who may use a route.
    enum Right {
        /// Everybody.
        PUBLIC,
        /// Every signed-in user; lists are filtered to the user's cameras.
        USER,
        /// Users who may see the camera named by `{id}`; others are told it does not exist.
        CAMERA,
        ADMINISTRATOR
    }

    private static final PathPatternParser PARSER = new PathPatternParser();

    static Route api(String method, String pattern, Right right) {
        return new Route(method, PARSER.parse(pattern), right, null, false);
    }

    static Route media(String method, String pattern, Right right, MediaUse use) {
        return new Route(method, PARSER.parse(pattern), right, use, false);
    }

    static Route webSocket(String pattern, Right right, @Nullable MediaUse use) {
        return new Route("GET", PARSER.parse(pattern), right, use, true);
    }

    boolean matchesPath(PathContainer path) {
        return pattern.matches(path);
    }

    boolean matchesMethod(String requested) {
        return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
    }
}
