package id.pantau.server.camera;

import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets publishers in by their stream key: a camera whose main URL is `publish://` takes what they
/// send. Every knock, good or bad, is one line of the log, without the key.
public final class PublishedStreams implements PublishPoints {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedStreams.class);

    private final StreamKeys keys;
    private final Cameras cameras;
    private final CameraStreams streams;

    public PublishedStreams(StreamKeys keys, Cameras cameras, CameraStreams streams) {
        this.keys = keys;
        this.cameras = cameras;
        this.streams = streams;
    }

    /// The key may stand where the name should: encoders such as OBS know one field only.
    @Override
    public Answer open(Request request) {
        Optional<Camera> camera = knocked(request).flatMap(cameras::find);
        if (camera.isEmpty() || !camera.get().main().isPublished()) {
            LOG.warn("publisher refused protocol={} from={}", request.protocol(), request.peer());
            return new Answer.Refused(
                    Reason.UNAUTHORIZED, "no stream is published with this name and key");
        }
        return open(request, camera.get());
    }

    /// The camera whose key is proved, and which is the one that is named.
    private Optional<CameraId> knocked(Request request) {
        return switch (request.proof()) {
            case Proof.Shown(String key) when key.isEmpty() -> keys.cameraOf(request.name());
            case Proof.Shown(String key) ->
                    keys.cameraOf(key)
                            .filter(found ->
                                    request.name().isEmpty()
                                            || found.value().equals(request.name()));
            case Proof.Answered answered -> keys.cameraOf(request.name(), answered);
        };
    }

    /// Whether this key is the camera's: for a publisher who comes back to end what it began.
    public boolean opens(String key, CameraId camera) {
        return keys.cameraOf(key).filter(camera::equals).isPresent();
    }

    private Answer open(Request request, Camera camera) {
        if (!camera.enabled()) {
            return refused(request, camera, Reason.DISABLED, "this camera is switched off");
        }
        Publication publication = streams.publish(camera.id());
        if (publication == null) {
            return refused(request, camera, Reason.BUSY, "somebody else publishes this stream");
        }
        LOG.info(
                "publisher of {} came protocol={} from={}",
                camera.id(),
                request.protocol(),
                request.peer());
        return new Answer.Open(publication);
    }

    private static Answer refused(Request request, Camera camera, Reason reason, String detail) {
        LOG.warn(
                "publisher of {} refused protocol={} from={}: {}",
                camera.id(),
                request.protocol(),
                request.peer(),
                detail);
        return new Answer.Refused(reason, detail);
    }
}
