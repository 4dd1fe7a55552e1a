package id.pantau.server.web;

import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.StreamName;
import id.pantau.server.identity.Actor;
import id.pantau.server.live.LiveStreams;
import id.pantau.server.live.LiveViewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Live pictures over WebSocket.
@RestController
class LiveController {
    private final LiveStreams live;
    private final OpenSockets sockets;

    LiveController(LiveStreams live, OpenSockets sockets) {
        this.live = live;
        this.sockets = sockets;
    }

    @GetMapping("/api/v1/cameras/{id}/live/{stream}")
    void live(
            @PathVariable String id,
            @PathVariable String stream,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        SocketUpgrade.accept(request, response, () -> endpoint(id, stream));
    }

    private Session.Listener endpoint(String id, String stream) {
        StreamName name = StreamName.find(stream).orElse(null);
        if (name == null || !CameraId.isSlug(id)) {
            return new SocketUpgrade.Refused(LiveViewer.NO_SUCH_CAMERA, "no such stream");
        }
        return new Endpoint(new CameraId(id), name, actor());
    }

    static Actor actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof SignedIn signedIn) {
            return signedIn.actor();
        }
        throw new IllegalStateException("an anonymous request passed the security chain");
    }

    /// One viewer's connection.
    public final class Endpoint implements Session.Listener.AutoDemanding {
        /// The server says something every 10 s at least: a peer that takes nothing for so long is
        /// gone.
        private static final Duration IDLE = Duration.ofSeconds(45);

        private static final int LARGEST_MESSAGE_IN = 1024;

        private final CameraId camera;
        private final StreamName stream;
        private final Actor actor;
        private volatile LiveStreams.@Nullable Seat seat;
        private volatile @Nullable Session session;

        private Endpoint(CameraId camera, StreamName stream, Actor actor) {
            this.camera = camera;
            this.stream = stream;
            this.actor = actor;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            opened.setIdleTimeout(IDLE);
            opened.setMaxTextMessageSize(LARGEST_MESSAGE_IN);
            opened.setMaxBinaryMessageSize(LARGEST_MESSAGE_IN);
            opened.setAutoFragment(false);
            opened.setMaxFrameSize(0);
            session = opened;
            try {
                LiveStreams.Seat taken = live.join(camera, stream, new JettySocket(opened));
                seat = taken;
                sockets.opened(this, actor.username(), camera.value(), taken.viewer()::dismiss);
            } catch (CameraException _) {
                opened.close(LiveViewer.NO_SUCH_CAMERA, "no such camera", Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketText(String message) {
            Session current = session;
            if (message.equals("ping") && current != null) {
                current.sendText("pong", Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            end();
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            end();
            callback.succeed();
        }

        private void end() {
            sockets.closed(this);
            LiveStreams.Seat taken = seat;
            if (taken != null) {
                taken.close();
            }
        }
    }
}
