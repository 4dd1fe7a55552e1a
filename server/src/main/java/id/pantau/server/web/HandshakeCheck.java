package id.pantau.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.pattern.PathPattern;

/// A browser sends cookies with every handshake, also from other sites' pages, so its origin must
/// be this server. Programs send none. Then it notes for the handler who came for what.
final class HandshakeCheck implements HandshakeInterceptor {
    private final Route route;
    private final ProblemWriter problems;

    HandshakeCheck(Route route, ProblemWriter problems) {
        this.route = route;
        this.problems = problems;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        HttpServletRequest servletRequest =
                ((ServletServerHttpRequest) request).getServletRequest();
        if (!sameSite(servletRequest.getHeader("Origin"), servletRequest.getHeader("Host"))) {
            problems.write(
                    ((ServletServerHttpResponse) response).getServletResponse(),
                    Problem.of(
                            HttpStatus.FORBIDDEN,
                            "request.foreignOrigin",
                            "a page of another site may not open this WebSocket"));
            return false;
        }
        Refusal refusal = RouteAuthorization.refusalOf(servletRequest);
        if (!(refusal instanceof Refusal.None)) {
            attributes.put(WebSockets.REFUSAL, refusal);
        }
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            attributes.put(WebSockets.ACTOR, signedIn.actor());
        }
        PathContainer path = PathContainer.parsePath(servletRequest.getRequestURI());
        PathPattern.PathMatchInfo match = route.pattern().matchAndExtract(path);
        if (match != null) {
            match.getUriVariables()
                    .forEach((name, value) -> attributes.put(WebSockets.VARIABLE + name, value));
        }
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {}

    /// Compares host and port, not the scheme: a proxy in front may have ended TLS.
    static boolean sameSite(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        if (host == null) {
            return false;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && withoutUsualPort(authority).equals(withoutUsualPort(host));
        } catch (IllegalArgumentException _) {
            return false; // "null" of a sandboxed frame has no authority; other texts are no origin
        }
    }

    private static String withoutUsualPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
