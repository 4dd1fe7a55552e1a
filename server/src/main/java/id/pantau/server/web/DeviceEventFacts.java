package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.DeviceEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells browsers what cameras themselves saw. Nothing of it is stored.
@Component
public class DeviceEventFacts {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceEventText(
            String type,
            String camera,
            String kind,
            boolean active,
            boolean lasting,
            String topic,
            String source,
            Instant at,
            @Nullable Instant cameraTime) {}

    private final FactSockets sockets;

    DeviceEventFacts(FactSockets sockets) {
        this.sockets = sockets;
    }

    public void happened(DeviceEvent event) {
        String camera = event.camera().value();
        sockets.tell(
                camera,
                new DeviceEventText(
                        "camera.event",
                        camera,
                        CameraViews.word(event.kind()),
                        event.active(),
                        event.lasting(),
                        event.topic(),
                        event.source(),
                        event.at(),
                        event.cameraTime()));
    }
}
