package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/// Serves the [WebSocketEndpoint]s: checks the handshake's origin, closes refused sessions with the
/// contract's codes, and tells handlers who is there.
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
public class WebSockets implements WebSocketConfigurer {
    /// Close codes of the contract.
    public static final CloseStatus NOT_SIGNED_IN = new CloseStatus(4401, "not signed in");

    public static final CloseStatus NO_SUCH_CAMERA =
            new CloseStatus(4404, "no such camera or no right");

    static final String ACTOR = "pantau.actor";
    static final String REFUSAL = "pantau.refusal";
    static final String VARIABLE = "pantau.variable.";

    private final List<WebSocketEndpoint> endpoints;
    private final ProblemWriter problems;

    WebSockets(List<WebSocketEndpoint> endpoints, ProblemWriter problems) {
        this.endpoints = List.copyOf(endpoints);
        this.problems = problems;
    }

    /// The signed-in user of a session, as they were at the handshake.
    public static Actor actor(WebSocketSession session) {
        return (Actor) Objects.requireNonNull(session.getAttributes().get(ACTOR));
    }

    /// A part of the session's path, by its name in the pattern.
    public static String variable(WebSocketSession session, String name) {
        return (String) Objects.requireNonNull(session.getAttributes().get(VARIABLE + name));
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        for (WebSocketEndpoint endpoint : endpoints) {
            Route route =
                    Routes.TABLE.stream()
                            .filter(row ->
                                    row.webSocket()
                                            && row.pattern()
                                                    .getPatternString()
                                                    .equals(endpoint.pattern()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "no row in Routes for the WebSocket "
                                                    + endpoint.pattern()));
            registry.addHandler(new Doorkeeper(endpoint.handler()), endpoint.pattern())
                    .addInterceptors(new HandshakeCheck(route, problems))
                    .setAllowedOriginPatterns(
                            "*"); // HandshakeCheck decides, also behind a proxy that ends TLS
        }
    }

    /// Lets nothing of a refused session reach the handler.
    private static final class Doorkeeper extends WebSocketHandlerDecorator {
        Doorkeeper(WebSocketHandler handler) {
            super(handler);
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession session) throws Exception {
            if (session.getAttributes().get(REFUSAL) instanceof Refusal refusal) {
                session.close(
                        refusal instanceof Refusal.SignInNeeded ? NOT_SIGNED_IN : NO_SUCH_CAMERA);
            } else {
                super.afterConnectionEstablished(session);
            }
        }

        @Override
        public void handleMessage(WebSocketSession session, WebSocketMessage<?> message)
                throws Exception {
            if (admitted(session)) {
                super.handleMessage(session, message);
            }
        }

        @Override
        public void handleTransportError(WebSocketSession session, Throwable cause)
                throws Exception {
            if (admitted(session)) {
                super.handleTransportError(session, cause);
            }
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status)
                throws Exception {
            if (admitted(session)) {
                super.afterConnectionClosed(session, status);
            }
        }

        private static boolean admitted(WebSocketSession session) {
            return !session.getAttributes().containsKey(REFUSAL);
        }
    }
}
