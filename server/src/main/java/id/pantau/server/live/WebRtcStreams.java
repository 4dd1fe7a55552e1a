package id.pantau.server.live;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.webrtc.PlaySource;
import id.pantau.media.webrtc.WebRtcAnswer;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSession;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Browsers that watch by WebRTC (WHEP). A session holds its stream, so that one nobody records is
/// pulled as long as it is watched. Thread-safe.
public final class WebRtcStreams {
    private final CameraStreams streams;
    private final Supplier<WebRtcServer> server;
    private final Sleeper sleeper;
    private final Map<String, CameraId> watched = new ConcurrentHashMap<>(); // by session id

    /// @param server the running one, asked for with every call
    public WebRtcStreams(CameraStreams streams, Supplier<WebRtcServer> server, Sleeper sleeper) {
        this.streams = streams;
        this.server = server;
        this.sleeper = sleeper;
    }

    /// Answers a browser's offer; waits for a stream that has to be started first.
    ///
    /// @param offer the session description (RFC 8866) it sent
    /// @param ended called once when an accepted session is over
    /// @throws CameraException NOT_FOUND
    public WebRtcAnswer play(CameraId camera, StreamName stream, String offer, Runnable ended)
            throws InterruptedException {
        StreamLease lease = streams.watch(camera, stream);
        var source = new Held(lease, ended);
        boolean accepted = false;
        try {
            FormatWait.await(lease.hub(), sleeper, () -> isAway(camera, stream));
            WebRtcAnswer answer = server.get().answerPlay(offer, source);
            if (answer instanceof WebRtcAnswer.Accepted(_, WebRtcSession session, _)) {
                accepted = true;
                source.named(session.id(), camera);
            }
            return answer;
        } finally {
            if (!accepted) {
                lease.close();
            }
        }
    }

    private boolean isAway(CameraId camera, StreamName stream) {
        return streams.findState(camera, stream).map(StreamState::isAway).orElse(true);
    }

    /// Ends the session of a viewer who leaves.
    ///
    /// @return false when there is none of that camera
    public boolean end(CameraId camera, String session) {
        if (!camera.equals(watched.get(session))) {
            return false;
        }
        Optional<WebRtcSession> running = server.get().find(session);
        running.ifPresent(
                one -> one.close(new StreamEnd(StreamEnd.Reason.STOPPED, "the viewer left")));
        return running.isPresent();
    }

    private final class Held implements PlaySource {
        private final StreamLease lease;
        private final Runnable ended;
        private final Object lock = new Object();
        private String session = ""; // guarded by lock
        private boolean over; // guarded by lock: a session may end before it is named

        private Held(StreamLease lease, Runnable ended) {
            this.lease = lease;
            this.ended = ended;
        }

        void named(String id, CameraId camera) {
            synchronized (lock) {
                session = id;
                if (!over) {
                    watched.put(id, camera);
                }
            }
        }

        @Override
        public Optional<StreamFormat> format() {
            return lease.hub().format();
        }

        @Override
        public HubReader open(StreamHub.Start start) {
            return lease.hub().subscribe("webrtc", HubReader.Limits.VIEWER, start);
        }

        @Override
        public void ended() {
            synchronized (lock) {
                over = true;
                watched.remove(session);
            }
            lease.close();
            ended.run();
        }
    }
}
