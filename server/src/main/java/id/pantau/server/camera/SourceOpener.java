package id.pantau.server.camera;

import org.jspecify.annotations.Nullable;

/// Opens a stream by the way that its camera's settings name.
public final class SourceOpener implements StreamOpener {
    private final StreamOpener rtsp;
    private final StreamOpener compat;

    public SourceOpener(StreamOpener rtsp, StreamOpener compat) {
        this.rtsp = rtsp;
        this.compat = compat;
    }

    @Override
    public OpenedStream open(
            StreamSource source, @Nullable String username, @Nullable Secret password) {
        return switch (source.transport()) {
            case TCP, UDP -> rtsp.open(source, username, password);
            case COMPAT -> compat.open(source, username, password);
        };
    }
}
