package id.pantau.server.camera;

import id.pantau.server.onvif.EventKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A camera itself saw something, or no longer sees it (ONVIF events). Told once for each change.
///
/// @param active whether it begins
/// @param lasting whether its end is told, too; what just happens has none and is active
/// @param topic as the camera writes it
/// @param source what of the camera it is about, may be empty
/// @param at when we heard of it
/// @param cameraTime by the camera's clock; null when it does not say
public record DeviceEvent(
        CameraId camera,
        EventKind kind,
        boolean active,
        boolean lasting,
        String topic,
        String source,
        Instant at,
        @Nullable Instant cameraTime) {}
