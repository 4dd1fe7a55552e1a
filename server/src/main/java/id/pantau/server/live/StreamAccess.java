package id.pantau.server.live;

import id.pantau.server.camera.CameraId;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.IdentityException;
import id.pantau.server.identity.MediaUse;
import id.pantau.server.identity.Rights;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.StreamPasswords;
import id.pantau.server.identity.Tickets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may watch by a protocol that has no sign-in of its own (RTSP, RTMP): whoever shows a ticket,
/// an access token, the stream password or the account's password. Thread-safe.
public final class StreamAccess {
    /// What a credential opens.
    public enum Verdict {
        ALLOWED,
        /// The credential is good for nothing.
        UNAUTHORIZED,
        /// The user may not see this camera, and is not told whether it exists.
        HIDDEN
    }

    /// A verdict about one client.
    ///
    /// @param username whose credential it was; null unless ALLOWED
    record Answer(Verdict verdict, @Nullable String username) {
        private static final Answer UNAUTHORIZED = new Answer(Verdict.UNAUTHORIZED, null);
        private static final Answer HIDDEN = new Answer(Verdict.HIDDEN, null);
    }

    private final SignIns signIns;
    private final StreamPasswords streamPasswords;
    private final Tickets tickets;

    public StreamAccess(SignIns signIns, StreamPasswords streamPasswords, Tickets tickets) {
        this.signIns = signIns;
        this.streamPasswords = streamPasswords;
        this.tickets = tickets;
    }

    Answer ticket(String ticket, CameraId camera, MediaUse use) {
        return tickets.find(ticket)
                .filter(holder -> holder.opens(camera.value(), use))
                .map(holder -> new Answer(Verdict.ALLOWED, holder.actor().username()))
                .orElse(Answer.UNAUTHORIZED);
    }

    /// @param password the account's, the stream password, or an access token of that user
    /// @param address of the client, for throttling and the audit line
    Answer password(
            String username, String password, CameraId camera, MediaUse use, String address) {
        Optional<StreamPasswords.Known> known = streamPasswords.find(username);
        if (known.isPresent() && same(known.get().password(), password)) {
            return of(known.get().actor(), camera);
        }
        Optional<Actor> bearer =
                signIns.findByBearer(password).filter(actor -> actor.username().equals(username));
        if (bearer.isPresent()) {
            return of(bearer.get(), camera);
        }
        try {
            return of(signIns.check(username, password, address, use.text()), camera);
        } catch (IdentityException _) {
            return Answer.UNAUTHORIZED; // the audit log has it
        }
    }

    /// The password that a Digest answer of this user must have been made with.
    Optional<String> digestPassword(String username) {
        return streamPasswords.find(username).map(StreamPasswords.Known::password);
    }

    /// For a user who has proved who they are by Digest.
    Answer proven(String username, CameraId camera) {
        return streamPasswords
                .find(username)
                .map(known -> of(known.actor(), camera))
                .orElse(Answer.UNAUTHORIZED);
    }

    private static Answer of(Actor actor, CameraId camera) {
        return Rights.mayView(actor, camera.value())
                ? new Answer(Verdict.ALLOWED, actor.username())
                : Answer.HIDDEN;
    }

    private static boolean same(String known, String given) {
        return MessageDigest.isEqual(
                known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
