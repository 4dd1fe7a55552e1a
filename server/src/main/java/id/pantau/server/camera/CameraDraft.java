package id.pantau.server.camera;

import id.pantau.server.onvif.DeviceAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A camera as somebody wants it: nothing in here has been checked yet.
///
/// @param id null: make one from the name
/// @param onvif address of its ONVIF service, as typed
public record CameraDraft(
        @Nullable String id,
        String name,
        boolean enabled,
        Stream main,
        @Nullable Stream sub,
        @Nullable String username,
        @Nullable Secret password,
        RecordingSettings recording,
        @Nullable CameraLocation location,
        List<String> labels,
        @Nullable String onvif,
        VisionSettings vision) {
    /// @param url as typed or pasted; may hold credentials
    public record Stream(String url, StreamTransport transport) {
        @Override
        public String toString() {
            return "a URL over " + transport;
        }

        static Stream of(StreamSource source) {
            String url =
                    source.isPublished() ? StreamSource.PUBLISHED_TEXT : source.url().toString();
            return new Stream(url, source.transport());
        }
    }

    public CameraDraft {
        labels = List.copyOf(labels);
    }

    /// A camera that is not asked over ONVIF, and not analysed.
    public CameraDraft(
            @Nullable String id,
            String name,
            boolean enabled,
            Stream main,
            @Nullable Stream sub,
            @Nullable String username,
            @Nullable Secret password,
            RecordingSettings recording,
            @Nullable CameraLocation location,
            List<String> labels) {
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
                null,
                VisionSettings.DEFAULT);
    }

    public static CameraDraft of(Camera camera) {
        StreamSource sub = camera.sub();
        DeviceAddress onvif = camera.onvif();
        return new CameraDraft(
                camera.id().value(),
                camera.name(),
                camera.enabled(),
                Stream.of(camera.main()),
                sub == null ? null : Stream.of(sub),
                camera.username(),
                camera.password(),
                camera.recording(),
                camera.location(),
                camera.labels(),
                onvif == null ? null : onvif.url(),
                camera.vision());
    }
}
