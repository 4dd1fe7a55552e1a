package id.pantau.server.identity;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Media tickets: what a `<video>` element or an external player puts behind a URL instead of a
/// header. A ticket names user, camera, end and, when it is bound to one, the way the media leave;
/// it is signed by the server (HMAC-SHA-256, RFC 2104) and stored nowhere. Whoever holds it can do
/// what its user may do with that camera, no more, until it ends.
public final class Tickets {
    /// A new ticket.
    public record Issued(String ticket, Instant expiresAt) {}

    /// @param actor with the rights they have now
    /// @param cameraId the only camera the ticket opens
    /// @param use the only way it opens; null for any but [MediaUse#TALK]
    public record Holder(Actor actor, String cameraId, @Nullable MediaUse use) {
        /// Whether this ticket opens that camera by that way. Who was given a link to watch may not
        /// talk: that takes a ticket for it alone.
        public boolean opens(String camera, MediaUse by) {
            return cameraId.equals(camera) && (use == by || (use == null && by != MediaUse.TALK));
        }
    }

    /// Links that a person hands to a player live longer than those a page makes for itself.
    public static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private static final String PURPOSE = "ticket";
    private static final int MAX_LENGTH = 1024;

    private final KeyFile key;
    private final Accounts accounts;
    private final Duration life;
    private final Clock clock;

    Tickets(KeyFile key, Accounts accounts, Duration life, Clock clock) {
        this.key = key;
        this.accounts = accounts;
        this.life = life;
        this.clock = clock;
    }

    /// As long as the settings say.
    ///
    /// @param use the only way the ticket opens; null for any but [MediaUse#TALK]
    /// @throws IdentityException NO_SUCH_CAMERA when the actor may not see the camera
    public Issued issue(Actor actor, String cameraId, @Nullable MediaUse use) {
        return issue(actor, cameraId, use, life);
    }

    /// @param use the only way the ticket opens; null for any but [MediaUse#TALK]
    /// @param wanted shortened to [#LONGEST_LIFE]
    /// @throws IdentityException NO_SUCH_CAMERA when the actor may not see the camera
    public Issued issue(Actor actor, String cameraId, @Nullable MediaUse use, Duration wanted) {
        Rights.requireCamera(actor, cameraId);
        Duration granted = wanted.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : wanted;
        Instant until = Instant.ofEpochSecond(clock.instant().plus(granted).getEpochSecond());
        String facts =
                String.join(
                        "\n",
                        actor.username(),
                        cameraId,
                        Long.toString(until.getEpochSecond()),
                        use == null ? "" : use.text());
        String encoded =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(facts.getBytes(StandardCharsets.UTF_8));
        return new Issued(encoded + "." + key.sign(PURPOSE, facts), until);
    }

    /// Who holds this ticket; empty when it is not ours, is over, or its user is gone or may no
    /// longer see the camera.
    public Optional<Holder> find(String ticket) {
        int dot = ticket.indexOf('.');
        if (dot < 0 || ticket.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String facts;
        try {
            facts =
                    new String(
                            Base64.getUrlDecoder().decode(ticket.substring(0, dot)),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (!Tokens.sameText(key.sign(PURPOSE, facts), ticket.substring(dot + 1))) {
            return Optional.empty();
        }
        String[] parts = facts.split("\n", -1); // four: we signed it
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[2]));
        if (!until.isAfter(clock.instant())) {
            return Optional.empty();
        }
        return accounts.find(parts[0])
                .map(Account::actor)
                .filter(actor -> Rights.mayView(actor, parts[1]))
                .map(actor -> new Holder(actor, parts[1], MediaUse.find(parts[3]).orElse(null)));
    }
}
