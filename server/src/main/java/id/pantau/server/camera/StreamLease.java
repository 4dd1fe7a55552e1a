package id.pantau.server.camera;

import id.pantau.media.hub.StreamHub;
import java.util.concurrent.atomic.AtomicBoolean;

/// A viewer's hold on a stream. While one is held, the stream is pulled.
public final class StreamLease implements AutoCloseable {
    private final StreamHub hub;
    private final Runnable onClose;
    private final AtomicBoolean held = new AtomicBoolean(true);

    StreamLease(StreamHub hub, Runnable onClose) {
        this.hub = hub;
        this.onClose = onClose;
    }

    public StreamHub hub() {
        return hub;
    }

    @Override
    public void close() {
        if (held.compareAndSet(true, false)) {
            onClose.run();
        }
    }
}
