package id.pantau.server.live;

import id.pantau.media.rtmp.RtmpAccess;
import id.pantau.server.camera.CameraId;
import id.pantau.server.identity.MediaUse;
import java.util.Optional;

/// Asks everybody who wants to play a stream by RTMP: a ticket in the query, or a user name with a
/// password.
public final class RtmpDoor implements RtmpAccess {
    private final StreamAccess access;

    public RtmpDoor(StreamAccess access) {
        this.access = access;
    }

    @Override
    public Verdict check(Asked asked) {
        Optional<CameraId> camera = StreamPath.parse(asked.path()).map(StreamPath::camera);
        String ticket = asked.query().get("ticket");
        if (ticket != null && camera.isPresent()) {
            return of(access.ticket(ticket, camera.get(), MediaUse.RTMP));
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
                        asked.peer().getAddress().getHostAddress()));
    }

    private static Verdict of(StreamAccess.Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> Verdict.ALLOWED;
            case UNAUTHORIZED -> Verdict.UNAUTHORIZED;
            case HIDDEN -> Verdict.HIDDEN;
        };
    }
}
