package id.pantau.server.talk;

import id.pantau.media.hub.Sleeper;
import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.TalkEnd;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.Loudspeakers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who talks to which camera now: one at a time. Each talk is two lines of the logger `audit`.
/// Thread-safe.
public final class Talks implements CameraListener, AutoCloseable {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private record Running(Camera camera, Talk talk) {}

    private final Loudspeakers loudspeakers;
    private final Sleeper sleeper;
    private final Clock clock;
    private final Map<CameraId, Running> running = new ConcurrentHashMap<>();

    public Talks(Loudspeakers loudspeakers, Sleeper sleeper, Clock clock) {
        this.loudspeakers = loudspeakers;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /// Begins to connect to the camera, on a thread of its own.
    ///
    /// @param talker user name
    /// @throws TalkException when that is not even tried
    public Talk begin(Camera camera, String talker, Talk.Rate rate, TalkListener listener) {
        if (!camera.enabled()) {
            throw new TalkException(TalkException.Reason.OFF, "The camera is switched off.", null);
        }
        RtspBackchannel way =
                loudspeakers
                        .find(camera)
                        .orElseThrow(() ->
                                new TalkException(
                                        TalkException.Reason.NO_BACKCHANNEL,
                                        "The camera is not reached by RTSP, the only way to its"
                                                + " loudspeaker.",
                                        null));
        var talk = new Talk(talker, rate, way, listener, sleeper, clock);
        var mine = new Running(camera, talk);
        Running other = running.putIfAbsent(camera.id(), mine);
        if (other != null) {
            throw new TalkException(
                    TalkException.Reason.BUSY,
                    "Somebody else talks to this camera; try again when they are done.",
                    other.talk().talker());
        }
        Thread.ofVirtual().name("talk-" + camera.id()).start(() -> run(mine));
        return talk;
    }

    private void run(Running mine) {
        CameraId id = mine.camera().id();
        String talker = mine.talk().talker();
        AUDIT.info("talk begins user={} camera={}", talker, id);
        TalkEnd end = mine.talk().run(() -> running.remove(id, mine));
        loudspeakers.tried(mine.camera(), end);
        AUDIT.info("talk over user={} camera={} why={}", talker, id, end.reason());
    }

    /// User name of who talks to that camera now.
    public Optional<String> talker(CameraId id) {
        return Optional.ofNullable(running.get(id)).map(one -> one.talk().talker());
    }

    @Override
    public void cameraSet(Camera camera) {
        Running one = running.get(camera.id());
        if (one != null && !Loudspeakers.sameWay(one.camera(), camera)) {
            one.talk().end(TalkOver.Reason.CAMERA_CHANGED, "The camera was changed.");
        }
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        loudspeakers.forget(camera.id());
        Running one = running.get(camera.id());
        if (one != null) {
            one.talk().end(TalkOver.Reason.CAMERA_CHANGED, "The camera was removed.");
        }
    }

    /// Ends every talk, without waiting for the cameras.
    @Override
    public void close() {
        List.copyOf(running.values()).forEach(one -> one.talk().end());
    }
}
