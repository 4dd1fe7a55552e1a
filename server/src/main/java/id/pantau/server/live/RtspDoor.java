package id.pantau.server.live;

import id.pantau.media.rtsp.DigestAlgorithm;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspAuthorization;
import id.pantau.media.rtsp.RtspChallenge;
import id.pantau.server.camera.CameraId;
import id.pantau.server.identity.MediaUse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Asks everybody who wants a stream by RTSP: a ticket in the URL, Basic with the account's
/// password, or Digest with the stream password. Both kinds of Digest are offered before Basic, so
/// that a player that knows both sends no password over the wire.
public final class RtspDoor implements RtspAccess {
    private static final String REALM = "Pantau";

    private final StreamAccess access;
    private final OpenStreams open;

    public RtspDoor(StreamAccess access, OpenStreams open) {
        this.access = access;
        this.open = open;
    }

    @Override
    public List<RtspChallenge> challenges(String nonce) {
        return List.of(
                RtspChallenge.digest(REALM, nonce, DigestAlgorithm.SHA_256, false),
                RtspChallenge.digest(REALM, nonce, DigestAlgorithm.MD5, false),
                RtspChallenge.basic(REALM));
    }

    @Override
    public Verdict check(Asked asked) {
        Optional<StreamPath> path = StreamPath.parse(asked.path());
        Optional<String> ticket = parameter(asked.query(), "ticket");
        if (path.isPresent() && ticket.isPresent()) {
            CameraId camera = path.get().camera();
            return of(access.ticket(ticket.get(), camera, MediaUse.RTSP), camera, asked);
        }
        if (asked.authorization().isEmpty()) {
            return Verdict.UNAUTHORIZED;
        }
        if (path.isEmpty()) {
            return Verdict.HIDDEN; // nothing is there, whoever asks
        }
        CameraId camera = path.get().camera();
        return switch (asked.authorization().get()) {
            case RtspAuthorization.Basic basic ->
                    of(
                            access.password(
                                    basic.username(),
                                    basic.password(),
                                    camera,
                                    MediaUse.RTSP,
                                    asked.peer().getAddress().getHostAddress()),
                            camera,
                            asked);
            case RtspAuthorization.Digest digest -> digest(digest, asked, camera);
        };
    }

    private Verdict digest(RtspAuthorization.Digest digest, Asked asked, CameraId camera) {
        boolean proven =
                digest.nonce().equals(asked.nonce())
                        && digest.realm().equals(REALM)
                        && access.digestPassword(digest.username())
                                .filter(password -> digest.matches(asked.method(), password))
                                .isPresent();
        return proven
                ? of(access.proven(digest.username(), camera), camera, asked)
                : Verdict.UNAUTHORIZED;
    }

    private Verdict of(StreamAccess.Answer answer, CameraId camera, Asked asked) {
        String username = answer.username();
        if (username != null) {
            open.allowed(MediaUse.RTSP, asked.peer(), username, camera);
        }
        return switch (answer.verdict()) {
            case ALLOWED -> Verdict.ALLOWED;
            case UNAUTHORIZED -> Verdict.UNAUTHORIZED;
            case HIDDEN -> Verdict.HIDDEN;
        };
    }

    private static Optional<String> parameter(String query, String name) {
        for (String part : query.split("&", -1)) {
            if (part.startsWith(name + "=")) {
                String value = part.substring(name.length() + 1);
                try {
                    return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException _) {
                    return Optional.of(value); // a broken escape: no ticket of ours
                }
            }
        }
        return Optional.empty();
    }
}
