package id.pantau.server.web;

import id.pantau.server.live.ViewerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/// A WebSocket of the web server, as viewers see it. Jetty's own session is used, not Spring's over
/// it: it takes shared buffers without copying and tells when each is written.
final class JettySocket implements ViewerSocket {
    private final Session session;

    private JettySocket(Session session) {
        this.session = session;
    }

    /// @param largestMessageIn what the peer may send, in bytes
    /// @param idle after which a connection that carries nothing is ended
    static JettySocket of(WebSocketSession spring, int largestMessageIn, Duration idle) {
        Session session =
                Objects.requireNonNull(
                        ((NativeWebSocketSession) spring).getNativeSession(Session.class));
        session.setMaxTextMessageSize(largestMessageIn);
        session.setMaxBinaryMessageSize(largestMessageIn);
        session.setIdleTimeout(idle);
        session.setAutoFragment(false); // a fragment is one frame, however large
        session.setMaxFrameSize(0);
        return new JettySocket(session);
    }

    @Override
    public void send(ByteBuffer message, Sent sent) {
        session.sendBinary(message, callback(sent));
    }

    @Override
    public void send(String message, Sent sent) {
        session.sendText(message, callback(sent));
    }

    @Override
    public void close(int code, String reason) {
        session.close(code, reason, Callback.NOOP);
    }

    private static Callback callback(Sent sent) {
        return new Callback() {
            @Override
            public void succeed() {
                sent.done();
            }

            @Override
            public void fail(Throwable cause) {
                sent.failed();
            }
        };
    }
}
