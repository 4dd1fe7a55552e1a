package id.pantau.server.live;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamLease;
import java.util.Optional;

/// The cameras' streams as RTSP clients find them: `/cam1/main`, `/cam1/sub`, `/cam1`. However many
/// clients there are, a camera is pulled once; one that nobody records is pulled for them.
public final class RtspStreams implements RtspCatalog {
    /// Sound travels with the next picture: waking every client's thread for each frame of it took
    /// a third of what 100 clients cost.
    private static final HubReader.Limits READER = HubReader.Limits.VIEWER.onPictures();

    private final Cameras cameras;
    private final CameraStreams streams;
    private final Sleeper sleeper;

    public RtspStreams(Cameras cameras, CameraStreams streams, Sleeper sleeper) {
        this.cameras = cameras;
        this.streams = streams;
        this.sleeper = sleeper;
    }

    @Override
    public Optional<RtspSource> find(String path) {
        return StreamPath.parse(path)
                .filter(wanted ->
                        cameras.find(wanted.camera())
                                .filter(camera -> camera.source(wanted.stream()).isPresent())
                                .isPresent())
                .map(Source::new);
    }

    private final class Source implements RtspSource {
        private final StreamPath path;

        private Source(StreamPath path) {
            this.path = path;
        }

        @Override
        public Optional<StreamFormat> format() {
            return streams.hub(path.camera(), path.stream()).format();
        }

        /// Has the camera pulled; the hold is given back at once, because a stream goes on for a
        /// while after its last hold, and the client that asks now plays within seconds.
        @Override
        public Optional<StreamFormat> awaitFormat() throws InterruptedException {
            try (StreamLease lease = streams.watch(path.camera(), path.stream())) {
                return FormatWait.await(lease.hub(), sleeper);
            }
        }

        @Override
        public Feed open() {
            StreamLease lease = streams.watch(path.camera(), path.stream());
            HubReader reader =
                    lease.hub().subscribe("rtsp-server", READER, StreamHub.Start.NEWEST_KEY_FRAME);
            return new Feed() {
                @Override
                public StreamSignal take() throws InterruptedException {
                    return reader.take();
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
