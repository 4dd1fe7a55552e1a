package id.pantau.server.camera;

import id.pantau.media.hub.CacheBudget;
import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The running streams of all cameras. A change of one camera touches that camera's streams only.
public final class CameraStreams implements CameraListener, AutoCloseable {
    /// How many cameras are connected to at once, unless set otherwise.
    public static final int DEFAULT_CONNECT_CAP = 8;

    private record Streams(Map<StreamName, CameraStream> byName) {}

    private final CameraStream.Means means;
    private final LiveTranscodes transcodes;
    private final Map<CameraId, Streams> cameras = new ConcurrentHashMap<>();

    /// @param gate shared by every stream
    public CameraStreams(
            StreamOpener opener,
            ConnectGate gate,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {
        this(opener, gate, LiveTranscodes.none(), sleeper, random, clock);
    }

    /// @param gate shared by every stream
    public CameraStreams(
            StreamOpener opener,
            ConnectGate gate,
            LiveTranscodes transcodes,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {
        this.transcodes = transcodes;
        this.means =
                new CameraStream.Means(opener, gate, sleeper, random, clock, CacheBudget.ofHeap());
    }

    @Override
    public void cameraSet(Camera camera) {
        transcodes.saved(camera.id());
        Streams streams = cameras.computeIfAbsent(camera.id(), this::create);
        streams.byName().values().forEach(stream -> stream.set(camera));
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        transcodes.saved(camera.id());
        Streams removed = cameras.remove(camera.id());
        if (removed != null) {
            removed.byName().values().forEach(CameraStream::close);
        }
    }

    /// The stream's hub, whether or not anything comes; the same object as long as the camera is
    /// known.
    ///
    /// @throws CameraException NOT_FOUND
    public StreamHub hub(CameraId id, StreamName stream) {
        return get(id, stream).hub();
    }

    /// Holds a stream for a viewer; one that is not recorded is pulled from the first hold on,
    /// until 15 s after the last.
    ///
    /// @throws CameraException NOT_FOUND
    public StreamLease watch(CameraId id, StreamName stream) {
        return get(id, stream).watch();
    }

    /// As [#watch], for the server itself: it is counted as no viewer.
    ///
    /// @throws CameraException NOT_FOUND
    public StreamLease hold(CameraId id, StreamName stream) {
        return get(id, stream).hold();
    }

    /// What the running session knows; of the last one while none runs.
    ///
    /// @throws CameraException NOT_FOUND
    SessionFacts facts(CameraId id, StreamName stream) {
        return get(id, stream).facts();
    }

    /// Takes the main stream of a camera for a publisher.
    ///
    /// @return null when somebody publishes it already, or it is not published at all
    /// @throws CameraException NOT_FOUND
    @Nullable Publication publish(CameraId id) {
        return get(id, StreamName.MAIN).publish();
    }

    /// Ends the running attempts of a camera, or its publisher, and tries again at once.
    public void restart(CameraId id) {
        for (StreamName name : StreamName.values()) {
            get(id, name).restart();
        }
    }

    /// @throws CameraException NOT_FOUND
    public StreamState state(CameraId id, StreamName stream) {
        return get(id, stream).state();
    }

    public Optional<StreamState> findState(CameraId id, StreamName stream) {
        Streams streams = cameras.get(id);
        return Optional.ofNullable(streams).map(all -> of(all, stream).state());
    }

    /// Ends every stream at once and waits until the connections are closed.
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (Streams streams : cameras.values()) {
            for (CameraStream stream : streams.byName().values()) {
                closing.add(Thread.ofVirtual().start(stream::close));
            }
        }
        cameras.clear();
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Streams create(CameraId id) {
        var byName = new EnumMap<StreamName, CameraStream>(StreamName.class);
        for (StreamName name : StreamName.values()) {
            byName.put(name, new CameraStream(id, name, meansOf(id, name)));
        }
        return new Streams(byName);
    }

    /// A transcode has the gate to itself: it waits for another stream of its camera, which may
    /// have to pass the shared one.
    private CameraStream.Means meansOf(CameraId id, StreamName name) {
        if (name != StreamName.TRANSCODE) {
            return means;
        }
        return new CameraStream.Means(
                (_, _, _) -> transcodes.open(id, () -> watchSource(id)),
                new ConnectGate(1),
                means.sleeper(),
                means.random(),
                means.clock(),
                means.cacheBudget());
    }

    /// What is encoded anew: the small picture where there is one.
    private StreamLease watchSource(CameraId id) {
        CameraStream sub = get(id, StreamName.SUB);
        return sub.exists() ? sub.watch() : watch(id, StreamName.MAIN);
    }

    private CameraStream get(CameraId id, StreamName stream) {
        Streams streams = cameras.get(id);
        if (streams == null) {
            throw CameraException.notFound(id);
        }
        return of(streams, stream);
    }

    private static CameraStream of(Streams streams, StreamName name) {
        CameraStream stream = streams.byName().get(name);
        if (stream == null) {
            throw new IllegalStateException("no stream " + name);
        }
        return stream;
    }
}
