package id.pantau.server.live;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The streams that are being watched now.
public final class LiveStreams implements CameraListener, AutoCloseable {
    private record Key(CameraId camera, StreamName stream) {}

    /// A viewer's place, given back when its connection ends.
    public final class Seat implements AutoCloseable {
        private final Key key;
        private final LiveViewer viewer;
        private final StreamLease lease;

        private Seat(Key key, LiveViewer viewer, StreamLease lease) {
            this.key = key;
            this.viewer = viewer;
            this.lease = lease;
        }

        public LiveViewer viewer() {
            return viewer;
        }

        /// May be called more than once.
        @Override
        public void close() {
            leave(key, viewer);
            lease.close();
        }
    }

    private final CameraStreams cameras;
    private final Function<LiveMessage, String> encoder;
    private final Clock clock;
    private final Object lock = new Object();
    private final Map<Key, LiveStream> watched = new HashMap<>(); // guarded by lock

    /// @param encoder makes the text of a message
    public LiveStreams(CameraStreams cameras, Function<LiveMessage, String> encoder, Clock clock) {
        this.cameras = cameras;
        this.encoder = encoder;
        this.clock = clock;
    }

    /// Begins sending at once: what there is of the running GOP, or why there is nothing.
    ///
    /// @throws CameraException NOT_FOUND
    public Seat join(CameraId camera, StreamName stream, ViewerSocket socket) {
        var key = new Key(camera, stream);
        StreamLease lease = cameras.watch(camera, stream);
        var viewer = new LiveViewer(socket, LiveViewer.Limits.DEFAULT, System::nanoTime);
        LiveStream live;
        synchronized (lock) {
            live = watched.get(key);
            if (live == null) {
                live =
                        new LiveStream(
                                lease.hub(),
                                () -> cameras.findState(camera, stream),
                                encoder,
                                clock);
                watched.put(key, live);
                live.start();
            }
            live.join(viewer);
        }
        viewer.pump();
        return new Seat(key, viewer, lease);
    }

    /// How many viewers there are in all.
    public int viewerCount() {
        synchronized (lock) {
            return watched.values().stream().mapToInt(live -> live.viewers().size()).sum();
        }
    }

    @Override
    public void cameraSet(Camera camera) {
        // viewers stay: the stream itself tells them what becomes of it
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        List<LiveStream> gone = new ArrayList<>();
        synchronized (lock) {
            for (StreamName stream : StreamName.values()) {
                LiveStream live = watched.remove(new Key(camera.id(), stream));
                if (live != null) {
                    gone.add(live);
                }
            }
        }
        for (LiveStream live : gone) {
            live.close();
            live.viewers()
                    .forEach(viewer ->
                            viewer.dismiss(LiveViewer.NO_SUCH_CAMERA, "the camera was removed"));
        }
    }

    @Override
    public void close() {
        List<LiveStream> all;
        synchronized (lock) {
            all = List.copyOf(watched.values());
            watched.clear();
        }
        all.forEach(LiveStream::close);
    }

    private void leave(Key key, LiveViewer viewer) {
        LiveStream last = null;
        synchronized (lock) {
            LiveStream live = watched.get(key);
            if (live != null) {
                live.leave(viewer);
                if (live.viewers().isEmpty()) {
                    last = watched.remove(key);
                }
            }
        }
        if (last != null) {
            last.close();
        }
    }
}
