package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.identity.SignIns;
import id.pantau.server.live.LiveViewer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/// Browsers that want to hear of facts as they happen. Each has a bounded queue; one that does not
/// read is disconnected, and asks for everything anew when it comes back.
@Component
class FactSockets extends AbstractWebSocketHandler implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FactSockets.class);
    private static final int FACTS_WAITING = 1024;

    private record Fact(@Nullable String camera, Object text) {}

    static final String PATTERN = "/api/v1/live/events";
    private static final int LARGEST_MESSAGE_IN = 1024;

    /// Browsers send `ping` more often than that.
    private static final Duration IDLE = Duration.ofMinutes(5);

    private record Listener(Actor actor, LiveViewer queue) {}

    private final JsonMapper json;
    private final SignIns signIns;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>(); // by session id
    private final BlockingQueue<Fact> facts = new ArrayBlockingQueue<>(FACTS_WAITING);
    private volatile @Nullable Thread telling;

    FactSockets(JsonMapper json, SignIns signIns) {
        this.json = json;
        this.signIns = signIns;
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /// Tells everybody who may know, soon; returns at once and may be called by a recorder.
    ///
    /// @param camera null for facts that only administrators are told
    void tell(@Nullable String camera, Object fact) {
        if (!listeners.isEmpty() && !facts.offer(new Fact(camera, fact))) {
            LOG.warn("dropped a fact: {} wait to be told already", FACTS_WAITING);
        }
    }

    @Override
    public void start() {
        telling = Thread.ofVirtual().name("facts").start(this::run);
    }

    @Override
    public void stop() {
        Thread thread = telling;
        telling = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return telling != null;
    }

    private void run() {
        try {
            while (true) {
                Fact fact = facts.take();
                try {
                    deliver(fact);
                } catch (RuntimeException e) {
                    LOG.warn("cannot tell a fact: {}", e.getMessage());
                }
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    private void deliver(Fact fact) {
        String text = json.writeValueAsString(fact.text());
        listeners.forEach((id, listener) -> {
            if (mayKnow(listener.actor(), fact.camera()) && !listener.queue().tell(text)) {
                listeners.remove(id);
                listener.queue().dismiss(LiveViewer.TOO_SLOW, "too slow");
            }
        });
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        var socket = JettySocket.of(session, LARGEST_MESSAGE_IN, IDLE);
        listeners.put(
                session.getId(),
                new Listener(WebSockets.actor(session), LiveViewer.ofTexts(socket)));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Listener listener = listeners.get(session.getId());
        if (listener != null && message.getPayload().equals("ping")) {
            listener.queue().tell("pong");
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable cause) {
        listeners.remove(session.getId());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        listeners.remove(session.getId());
    }

    /// The handshake's rights may be gone by now: cameras are asked for again with each fact.
    private boolean mayKnow(Actor actor, @Nullable String camera) {
        return camera == null
                ? Rights.mayAdminister(actor)
                : Rights.mayView(actor, camera) && signIns.stillMayView(actor.username(), camera);
    }
}
