package id.pantau.server.web;

import id.pantau.server.identity.Credential;
import id.pantau.server.live.LiveViewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// Turns a request that the security chain has let through into a WebSocket. A browser shows its
/// page nothing of a refused handshake, so refusals are told by a close code after it.
final class SocketUpgrade {
    private SocketUpgrade() {}

    /// @param endpoint makes what receives the socket, when the user may have it
    static void accept(
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<Session.Listener> endpoint)
            throws IOException {
        requireSameOrigin(request);
        Session.Listener listener =
                switch (RouteAuthorization.refusalOf(request)) {
                    case Refusal.None _ -> endpoint.get();
                    case Refusal.SignInNeeded _ ->
                            new Refused(LiveViewer.NOT_SIGNED_IN, "not signed in");
                    case Refusal.CameraHidden _,
                            Refusal.NoSuchRoute _,
                            Refusal.WrongMethod _,
                            Refusal.AdministratorNeeded _ ->
                            new Refused(LiveViewer.NO_SUCH_CAMERA, "no such camera");
                };
        JettyWebSocketServerContainer container =
                JettyWebSocketServerContainer.getContainer(request.getServletContext());
        boolean upgraded =
                container.upgrade(
                        (_, answer) -> {
                            // video does not compress; permessage-deflate would copy it per viewer
                            answer.setExtensions(List.of());
                            return listener;
                        },
                        request,
                        response);
        if (!upgraded && !response.isCommitted()) {
            throw ApiProblem.of(
                    HttpStatus.UPGRADE_REQUIRED,
                    "request.notAWebSocket",
                    "this address speaks WebSocket only");
        }
    }

    /// A page of another site may not use the browser's cookie here.
    private static void requireSameOrigin(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        String origin = request.getHeader("Origin");
        if (origin == null
                || !(authentication instanceof SignedIn signedIn)
                || signedIn.credential() != Credential.SESSION) {
            return;
        }
        String host = request.getHeader("Host");
        if (host == null || !host.equalsIgnoreCase(authority(origin))) {
            throw ApiProblem.of(
                    HttpStatus.FORBIDDEN,
                    "auth.otherOrigin",
                    "pages of another site may not open this connection");
        }
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// Accepts and closes at once.
    public static final class Refused implements Session.Listener.AutoDemanding {
        private final int code;
        private final String reason;

        Refused(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            session.close(code, reason, Callback.NOOP);
        }
    }
}
