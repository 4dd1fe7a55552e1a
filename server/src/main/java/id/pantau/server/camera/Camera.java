package id.pantau.server.camera;

import id.pantau.server.onvif.DeviceAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A camera as it is set up. Immutable; a change makes a new one.
///
/// @param sub null when the camera has one stream only
/// @param username null when the camera needs none
/// @param password null when the camera needs none
/// @param location null when nobody said
/// @param onvif where it speaks ONVIF; null when nobody said
public record Camera(
        CameraId id,
        String name,
        boolean enabled,
        StreamSource main,
        @Nullable StreamSource sub,
        @Nullable String username,
        @Nullable Secret password,
        RecordingSettings recording,
        @Nullable CameraLocation location,
        List<String> labels,
        @Nullable DeviceAddress onvif,
        VisionSettings vision,
        Instant createdAt) {
    public Camera {
        labels = List.copyOf(labels);
    }

    /// A camera that is not analysed.
    public Camera(
            CameraId id,
            String name,
            boolean enabled,
            StreamSource main,
            @Nullable StreamSource sub,
            @Nullable String username,
            @Nullable Secret password,
            RecordingSettings recording,
            @Nullable CameraLocation location,
            List<String> labels,
            @Nullable DeviceAddress onvif,
            Instant createdAt) {
        this(
                id,
                name,
                enabled,
                main,
                sub,
                username,
                password,
                recording,
                location,
                labels,
                onvif,
                VisionSettings.DEFAULT,
                createdAt);
    }

    public Optional<StreamSource> source(StreamName stream) {
        return switch (stream) {
            case MAIN -> Optional.of(main);
            case SUB -> Optional.ofNullable(sub);
            case TRANSCODE -> source(sub == null ? StreamName.MAIN : StreamName.SUB);
        };
    }
}
