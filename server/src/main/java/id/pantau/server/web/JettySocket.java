package id.pantau.server.web;

import id.pantau.server.live.ViewerSocket;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// A WebSocket of the web server, as viewers see it. Jetty's own session is used, not Spring's over
/// it: it takes shared buffers without copying and tells when each is written.
final class JettySocket implements ViewerSocket {
    private final Session session;

    JettySocket(Session session) {
        this.session = session;
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

    /// Says nothing more and waits for nothing: for a peer that does not read.
    void disconnect() {
        session.disconnect();
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
