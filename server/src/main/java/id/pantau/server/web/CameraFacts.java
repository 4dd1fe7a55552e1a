package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import org.springframework.stereotype.Component;

/// Tells browsers that a camera's state changed.
@Component
public class CameraFacts {
    record CameraText(String type, String camera, CameraViews.StateView state) {}

    private final FactSockets sockets;
    private final CameraViews views;

    CameraFacts(FactSockets sockets, CameraViews views) {
        this.sockets = sockets;
        this.views = views;
    }

    /// Whether any browser listens.
    public boolean isHeard() {
        return sockets.isHeard();
    }

    public void changed(Camera camera) {
        String id = camera.id().value();
        sockets.tell(id, new CameraText("camera.state", id, views.state(camera)));
    }
}
