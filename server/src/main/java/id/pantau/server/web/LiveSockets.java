package id.pantau.server.web;

import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.StreamName;
import id.pantau.server.identity.Actor;
import id.pantau.server.live.LiveStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/// Live pictures over WebSocket.
@Component
class LiveSockets extends AbstractWebSocketHandler {
    static final String PATTERN = "/api/v1/cameras/{id}/live/{stream}";

    /// The server says something every 10 s at least: a peer that takes nothing for so long is
    /// gone.
    private static final Duration IDLE = Duration.ofSeconds(45);

    private static final int LARGEST_MESSAGE_IN = 1024;

    private record Watching(LiveStreams.Seat seat, JettySocket socket) {}

    private final LiveStreams live;
    private final LiveTranscodes transcodes;
    private final OpenSockets sockets;
    private final Map<String, Watching> watching = new ConcurrentHashMap<>(); // by session id

    LiveSockets(LiveStreams live, LiveTranscodes transcodes, OpenSockets sockets) {
        this.live = live;
        this.transcodes = transcodes;
        this.sockets = sockets;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        String id = WebSockets.variable(session, "id");
        Optional<StreamName> stream = transcodes.findStream(WebSockets.variable(session, "stream"));
        if (!CameraId.isSlug(id) || stream.isEmpty()) {
            session.close(WebSockets.NO_SUCH_CAMERA);
            return;
        }
        Actor actor = WebSockets.actor(session);
        var socket = JettySocket.of(session, LARGEST_MESSAGE_IN, IDLE);
        try {
            LiveStreams.Seat seat = live.join(new CameraId(id), stream.get(), socket);
            watching.put(session.getId(), new Watching(seat, socket));
            sockets.opened(session.getId(), actor.username(), id, seat.viewer()::dismiss);
            if (!session.isOpen()) {
                leave(session); // it broke while it was being seated
            }
        } catch (CameraException _) {
            session.close(WebSockets.NO_SUCH_CAMERA);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Watching viewer = watching.get(session.getId());
        if (viewer != null && message.getPayload().equals("ping")) {
            viewer.seat().viewer().tell("pong");
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable cause) {
        leave(session);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        leave(session);
    }

    private void leave(WebSocketSession session) {
        sockets.closed(session.getId());
        Watching viewer = watching.remove(session.getId());
        if (viewer != null) {
            viewer.seat().close();
        }
    }
}
