package id.pantau.server.web;

import id.pantau.server.live.ViewerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/// A WebSocket of the web server, as viewers see it. Jetty's core session is used, not Spring's
/// over it: it takes shared buffers without copying, tells when each is written, and puts a small
/// frame in front of the next one into the same write.
final class JettySocket implements ViewerSocket {
    private final CoreSession session;

    private JettySocket(CoreSession session) {
        this.session = session;
    }

    /// @param largestMessageIn what the peer may send, in bytes
    /// @param idle after which a connection that carries nothing is ended
    static JettySocket of(
            org.springframework.web.socket.WebSocketSession spring,
            int largestMessageIn,
            Duration idle) {
        WebSocketSession session =
                Objects.requireNonNull(
                        ((NativeWebSocketSession) spring).getNativeSession(WebSocketSession.class));
        session.setMaxTextMessageSize(largestMessageIn);
        session.setMaxBinaryMessageSize(largestMessageIn);
        session.setIdleTimeout(idle);
        session.setAutoFragment(false); // a fragment is one frame, however large
        session.setMaxFrameSize(0);
        return new JettySocket(session.getCoreSession());
    }

    @Override
    public void send(ByteBuffer message, Sent sent) {
        send(new Frame(OpCode.BINARY, message), sent, false);
    }

    @Override
    public void send(String message, Sent sent) {
        send(new Frame(OpCode.TEXT, message), sent, false);
    }

    @Override
    public void sendAhead(String message, Sent sent) {
        send(new Frame(OpCode.TEXT, message), sent, true);
    }

    private void send(Frame frame, Sent sent, boolean ahead) {
        session.sendFrame(frame, callback(sent), ahead);
    }

    @Override
    public void close(int code, String reason) {
        session.close(code, reason, Callback.NOOP);
    }

    private static Callback callback(Sent sent) {
        return new Callback() {
            @Override
            public void succeeded() {
                sent.done();
            }

            @Override
            public void failed(Throwable cause) {
                sent.failed();
            }
        };
    }
}
