package id.pantau.server.web;

import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.identity.SignIns;
import id.pantau.server.live.LiveViewer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Connections that outlive their request. Every few seconds each one's right is asked for again; a
/// user who lost it, or is gone, is disconnected.
@Component
class OpenSockets implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    /// Ends a connection.
    @FunctionalInterface
    interface Dismissal {
        void dismiss(int code, String reason);
    }

    private record Open(String username, String camera, Dismissal dismissal) {}

    private record Right(String username, String camera) {}

    private final SignIns signIns;
    private final Map<Object, Open> open = new ConcurrentHashMap<>();
    private volatile boolean running;
    private final Rounds checking = new Rounds("rights", EVERY, Sleeper.SYSTEM, this::round);

    OpenSockets(SignIns signIns) {
        this.signIns = signIns;
    }

    /// @param key the connection
    void opened(Object key, String username, String camera, Dismissal dismissal) {
        open.put(key, new Open(username, camera, dismissal));
    }

    void closed(Object key) {
        open.remove(key);
    }

    /// Asks for every connection's right now.
    void check() {
        var asked = new HashMap<Right, Boolean>();
        open.forEach((key, socket) -> {
            boolean may =
                    asked.computeIfAbsent(
                            new Right(socket.username(), socket.camera()),
                            right -> signIns.stillMayView(right.username(), right.camera()));
            if (!may) {
                open.remove(key);
                socket.dismissal().dismiss(LiveViewer.NO_SUCH_CAMERA, "no such camera");
            }
        });
    }

    @Override
    public void start() {
        running = true;
        checking.start();
    }

    @Override
    public void stop() {
        running = false;
        checking.close();
        open.values().forEach(socket -> socket.dismissal().dismiss(1001, "the server stops"));
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void round() {
        try {
            check();
        } catch (RuntimeException e) {
            // the database is away: whoever watches goes on, and is asked for again
            LOG.warn("cannot check the rights of viewers: {}", e.getMessage());
        }
    }
}
