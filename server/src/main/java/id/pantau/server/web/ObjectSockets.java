package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.event.EventListener;
import id.pantau.server.identity.Actor;
import id.pantau.server.live.LiveViewer;
import id.pantau.server.vision.Analyses;
import id.pantau.server.vision.AnalysisListener;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.worker.Sighting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/// What is seen before a camera, as it is seen: to be drawn over its live picture. A text is made
/// once for all who watch the camera, and none where nobody does.
@Component
public class ObjectSockets extends AbstractWebSocketHandler
        implements AnalysisListener, EventListener {
    static final String PATTERN = "/api/v1/cameras/{id}/live/objects";

    private static final Duration IDLE = Duration.ofMinutes(5); // browsers send `ping` more often
    private static final int LARGEST_MESSAGE_IN = 1024;

    private record Watching(CameraId camera, LiveViewer viewer) {}

    private final JsonMapper json;
    private final Cameras cameras;
    private final Analyses analyses;
    private final ObjectTexts texts;
    private final OpenSockets sockets;
    private final Map<String, Watching> watching = new ConcurrentHashMap<>(); // by session id

    ObjectSockets(
            JsonMapper json,
            Cameras cameras,
            Analyses analyses,
            ObjectTexts texts,
            OpenSockets sockets) {
        this.json = json;
        this.cameras = cameras;
        this.analyses = analyses;
        this.texts = texts;
        this.sockets = sockets;
    }

    // -- what is seen --------------------------------------------------------------------------

    @Override
    public void seen(Camera camera, Sighting sighting, boolean named) {
        if (analyses.isWatched(camera.id())) {
            tell(camera.id(), texts.seen(sighting));
        }
    }

    @Override
    public void interrupted(Camera camera) {
        if (analyses.isWatched(camera.id())) {
            tell(camera.id(), texts.state(analyses.state(camera.id())));
        }
    }

    @Override
    public void begun(Camera camera) {
        if (analyses.isWatched(camera.id())) {
            tell(camera.id(), texts.scene(camera, analyses.state(camera.id())));
        }
    }

    @Override
    public void crossed(
            String camera,
            String line,
            long track,
            Crossing.Direction direction,
            String label,
            Instant at) {
        var id = new CameraId(camera);
        if (analyses.isWatched(id)) {
            tell(id, texts.crossing(line, direction, label, track, at));
        }
    }

    private void tell(CameraId camera, Object message) {
        String text = json.writeValueAsString(message);
        watching.forEach((session, one) -> {
            if (one.camera().equals(camera) && !one.viewer().tell(text)) {
                forget(session);
                one.viewer().dismiss(LiveViewer.TOO_SLOW, "too slow");
            }
        });
    }

    // -- who watches ---------------------------------------------------------------------------

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        String id = WebSockets.variable(session, "id");
        Camera camera = findCamera(id).orElse(null);
        if (camera == null) {
            session.close(WebSockets.NO_SUCH_CAMERA);
            return;
        }
        Actor actor = WebSockets.actor(session);
        var viewer = LiveViewer.ofTexts(JettySocket.of(session, LARGEST_MESSAGE_IN, IDLE));
        viewer.tell(json.writeValueAsString(texts.scene(camera, analyses.state(camera.id()))));
        watching.put(session.getId(), new Watching(camera.id(), viewer));
        analyses.watched(camera.id());
        sockets.opened(session.getId(), actor.username(), id, viewer::dismiss);
        if (!session.isOpen()) {
            leave(session); // it broke while it was being seated
        }
    }

    private Optional<Camera> findCamera(String id) {
        try {
            return CameraId.isSlug(id)
                    ? Optional.of(cameras.get(new CameraId(id)))
                    : Optional.empty();
        } catch (CameraException _) {
            return Optional.empty();
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Watching one = watching.get(session.getId());
        if (one != null && message.getPayload().equals("ping")) {
            one.viewer().tell("pong");
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
        forget(session.getId());
    }

    private void forget(String session) {
        Watching left = watching.remove(session);
        if (left != null) {
            analyses.unwatched(left.camera());
        }
    }
}
