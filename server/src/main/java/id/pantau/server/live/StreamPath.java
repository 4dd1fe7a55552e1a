package id.pantau.server.live;

import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.StreamName;
import java.util.Optional;

/// How players name a stream in RTSP, RTMP and HTTP addresses: `cam1/main`, `cam1/sub`; `cam1`
/// alone is its main stream.
record StreamPath(CameraId camera, StreamName stream) {
    /// The stream's name among all: `cam1/main`.
    @Override
    public String toString() {
        return camera.value() + '/' + stream.text();
    }

    /// @param path without slashes at its ends
    static Optional<StreamPath> parse(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length > 2 || !CameraId.isSlug(parts[0])) {
            return Optional.empty();
        }
        var camera = new CameraId(parts[0]);
        return (parts.length == 1 ? Optional.of(StreamName.MAIN) : StreamName.find(parts[1]))
                .map(stream -> new StreamPath(camera, stream));
    }
}
