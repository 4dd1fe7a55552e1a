package id.pantau.server.live;

import id.pantau.media.StreamFormat;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamState;
import java.time.Duration;
import java.util.Optional;

/// Waits for what a stream carries, which is known once its camera is connected.
final class FirstFormat {
    /// A camera that is asked for its first picture answers within this, or not at all.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final CameraStreams streams;
    private final Sleeper sleeper;

    FirstFormat(CameraStreams streams, Sleeper sleeper) {
        this.streams = streams;
        this.sleeper = sleeper;
    }

    /// Has the camera pulled. The hold is given back at once, because a stream goes on for a while
    /// after its last hold, and the client that asks now plays within seconds. A camera that is
    /// known to be away is not waited for.
    ///
    /// @throws id.pantau.server.camera.CameraException NOT_FOUND
    Optional<StreamFormat> await(StreamPath path) throws InterruptedException {
        try (StreamLease lease = streams.watch(path.camera(), path.stream())) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (lease.hub().format().isEmpty()
                    && !isAway(path)
                    && System.nanoTime() < deadline) {
                sleeper.sleep(LOOK_EVERY);
            }
            return lease.hub().format();
        }
    }

    private boolean isAway(StreamPath path) {
        return streams.findState(path.camera(), path.stream())
                .map(StreamState::isAway)
                .orElse(true);
    }
}
