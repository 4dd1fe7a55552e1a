package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.DeviceEvent;
import id.pantau.server.onvif.EventKind;
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
                        word(event.kind()),
                        event.active(),
                        event.topic(),
                        event.source(),
                        event.at(),
                        event.cameraTime()));
    }

    private static String word(EventKind kind) {
        return switch (kind) {
            case MOTION -> "motion";
            case TAMPER -> "tamper";
            case DIGITAL_INPUT -> "digitalInput";
            case VIDEO_LOSS -> "videoLoss";
            case PERSON -> "person";
            case VEHICLE -> "vehicle";
            case ANIMAL -> "animal";
            case FACE -> "face";
            case OTHER -> "other";
        };
    }
}
