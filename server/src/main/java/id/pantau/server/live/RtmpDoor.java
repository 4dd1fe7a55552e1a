package id.pantau.server.live;

import id.pantau.media.rtmp.RtmpAccess;
import id.pantau.server.camera.CameraId;
import id.pantau.server.identity.MediaUse;
import java.util.Optional;

/// Asks everybody who wants to play a stream by RTMP: a ticket in the query, or a user name with a
/// password.
public final class RtmpDoor implements RtmpAccess {
    private final StreamAccess access;
    private final OpenStreams open;

    public RtmpDoor(StreamAccess access, OpenStreams open) {
        this.access = access;
        this.open = open;
    }

    @Override
    public Verdict check(Asked asked) {
        Optional<CameraId> camera = StreamPath.parse(asked.path()).map(StreamPath::camera);
        String ticket = asked.query().get("ticket");
        if (ticket != null && camera.isPresent()) {
            return of(access.ticket(ticket, camera.get(), MediaUse.RTMP), camera.get(), asked);
        }
        if (asked.login().isEmpty()) {
            return Verdict.UNAUTHORIZED;
        }
        if (camera.isEmpty()) {
            return Verdict.HIDDEN; // nothing is there, whoever asks
        }
        Login login = asked.login().get();
        return of(
                access.password(
                        login.username(),
                        login.password(),
                        camera.get(),
                        MediaUse.RTMP,
                        asked.peer().getAddress().getHostAddress()),
                camera.get(),
                asked);
    }

    private Verdict of(StreamAccess.Answer answer, CameraId camera, Asked asked) {
        String username = answer.username();
        if (username != null) {
            open.allowed(MediaUse.RTMP, asked.peer(), username, camera);
        }
        return switch (answer.verdict()) {
            case ALLOWED -> Verdict.ALLOWED;
            case UNAUTHORIZED -> Verdict.UNAUTHORIZED;
            case HIDDEN -> Verdict.HIDDEN;
        };
    }
}
