package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.live.LiveViewer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Browsers that want to hear of facts. Each has a bounded queue; one that does not read is
/// disconnected, and asks for everything anew when it comes back.
@Component
class FactSockets {
    private static final int QUEUE = 256;

    private final JsonMapper json;
    private final Map<Listener, Boolean> listeners = new ConcurrentHashMap<>();

    FactSockets(JsonMapper json) {
        this.json = json;
    }

    Session.Listener listener(Actor actor) {
        return new Listener(actor);
    }

    /// Tells everybody who may see the camera; returns at once.
    ///
    /// @param camera null for facts that only administrators are told
    void tell(@Nullable String camera, Object fact) {
        if (listeners.isEmpty()) {
            return;
        }
        String text = json.writeValueAsString(fact);
        for (Listener listener : listeners.keySet()) {
            boolean mayHear =
                    camera == null
                            ? Rights.mayAdminister(listener.actor)
                            : Rights.mayView(listener.actor, camera);
            if (mayHear) {
                listener.offer(text);
            }
        }
    }

    /// One browser.
    public final class Listener implements Session.Listener.AutoDemanding {
        private final Actor actor;
        private final ArrayDeque<String> queue = new ArrayDeque<>(); // guarded by itself
        private boolean sending; // guarded by queue
        private volatile @Nullable Session session;

        private Listener(Actor actor) {
            this.actor = actor;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            opened.setMaxTextMessageSize(1024);
            session = opened;
            listeners.put(this, true);
        }

        @Override
        public void onWebSocketText(String message) {
            if (message.equals("ping")) {
                offer("pong");
            }
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            listeners.remove(this);
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            listeners.remove(this);
            callback.succeed();
        }

        private void offer(String text) {
            synchronized (queue) {
                if (queue.size() < QUEUE) {
                    queue.add(text);
                    if (sending) {
                        return;
                    }
                    sending = true;
                } else {
                    listeners.remove(this);
                }
            }
            if (listeners.containsKey(this)) {
                sendNext();
            } else {
                close();
            }
        }

        private void sendNext() {
            String next;
            synchronized (queue) {
                next = queue.poll();
                sending = next != null;
            }
            Session current = session;
            if (next != null && current != null) {
                current.sendText(next, Callback.from(this::sendNext, _ -> listeners.remove(this)));
            }
        }

        private void close() {
            Session current = session;
            if (current != null) {
                current.close(4408, "too slow", Callback.NOOP);
            }
        }
    }

    /// Ends the connections of a user whose rights changed; they sign in again with the new ones.
    void dismiss(String username) {
        for (Listener listener : listeners.keySet()) {
            Session session = listener.session;
            if (listener.actor.username().equals(username) && session != null) {
                session.close(LiveViewer.NOT_SIGNED_IN, "rights changed", Callback.NOOP);
            }
        }
    }
}
