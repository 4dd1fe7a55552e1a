package id.pantau.server.live;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvPlayback;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.flv.FlvStreams;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtmp.RtmpCatalog;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cameras' streams as FLV: by RTMP as `live/cam1/main`, `live/cam1/sub` and `live/cam1`, and
/// by HTTP and WebSocket. Whoever watches one, by whichever way, shares its tags and its one pull;
/// a camera that nobody records is pulled while it is watched.
public final class FlvSources implements RtmpCatalog, CameraListener, AutoCloseable {
    /// About eight seconds of a busy camera.
    private static final int QUEUE_BYTES = 4 << 20;

    private final Cameras cameras;
    private final CameraStreams streams;
    private final FlvStreams shared = new FlvStreams();
    private final Sleeper sleeper;

    public FlvSources(Cameras cameras, CameraStreams streams, Sleeper sleeper) {
        this.cameras = cameras;
        this.streams = streams;
        this.sleeper = sleeper;
    }

    /// What is being played now; who plays by another way than [#play] joins here.
    public FlvStreams shared() {
        return shared;
    }

    @Override
    public Optional<Stream> find(String path) {
        return StreamPath.parse(path)
                .filter(wanted ->
                        cameras.find(wanted.camera())
                                .filter(camera -> camera.source(wanted.stream()).isPresent())
                                .isPresent())
                .map(this::stream);
    }

    /// Plays a stream to one client; the caller closes it. Blocks while its camera is connected.
    ///
    /// @return empty when nothing comes from the camera, or nothing that FLV can carry
    public Optional<FlvPlayback> play(Camera camera, StreamName name) {
        Stream stream = stream(camera.id(), name);
        return FlvPlayback.start(shared, stream.name(), stream.source(), QUEUE_BYTES);
    }

    @Override
    public void cameraSet(Camera camera) {
        // players stay: what comes from the camera goes on when it comes again
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        for (StreamName name : StreamName.values()) {
            shared.end(new StreamPath(camera.id(), name).toString());
        }
    }

    /// Ends all of them for those who watch.
    @Override
    public void close() {
        shared.close();
    }

    /// A stream of a camera for who joins [#shared]; the camera may be away.
    public Stream stream(CameraId camera, StreamName name) {
        return stream(new StreamPath(camera, name));
    }

    private Stream stream(StreamPath path) {
        return new Stream(path.toString(), new Source(path));
    }

    private final class Source implements FlvSource {
        private final StreamPath path;

        private Source(StreamPath path) {
            this.path = path;
        }

        @Override
        public Optional<StreamFormat> format() {
            try (StreamLease lease = streams.watch(path.camera(), path.stream())) {
                return FormatWait.await(lease.hub(), sleeper, this::isAway);
            } catch (CameraException _) {
                return Optional.empty(); // deleted since it was found
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        private boolean isAway() {
            return streams.findState(path.camera(), path.stream())
                    .map(StreamState::isAway)
                    .orElse(true);
        }

        @Override
        public Feed open() {
            StreamLease lease = streams.watch(path.camera(), path.stream());
            HubReader reader =
                    lease.hub()
                            .subscribe(
                                    "flv",
                                    HubReader.Limits.VIEWER,
                                    StreamHub.Start.NEWEST_KEY_FRAME);
            return new Feed() {
                @Override
                public @Nullable StreamSignal poll(Duration wait) throws InterruptedException {
                    return reader.poll(wait);
                }

                @Override
                public void close() {
                    reader.close();
                    lease.close();
                }
            };
        }
    }
}
