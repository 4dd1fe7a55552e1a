package id.pantau.server.identity;

import java.util.Optional;

/// What a player that knows no sign-in (VLC, a video wall, another recorder) uses in place of the
/// account's password. It opens live media only and never the API, so that it may stand in a
/// player's list; RTSP Digest (RFC 2617) needs a password the server can read, which the account's
/// own is not. Made from the signing key and the stored hash, and kept nowhere: whoever changes the
/// account's password ends it.
public final class StreamPasswords {
    /// @param password what the player must know
    public record Known(Actor actor, String password) {}

    private static final String PURPOSE = "stream-password";

    /// 120 bits, and short enough to type on a remote control.
    private static final int LENGTH = 20;

    private final KeyFile key;
    private final Accounts accounts;

    StreamPasswords(KeyFile key, Accounts accounts) {
        this.key = key;
        this.accounts = accounts;
    }

    /// @throws IdentityException NO_SUCH_USER
    public String of(Actor actor) {
        return find(actor.username())
                .orElseThrow(() -> Accounts.noSuchUser(actor.username()))
                .password();
    }

    /// Empty when there is no such user.
    public Optional<Known> find(String username) {
        return accounts.findRow(username)
                .map(row -> new Known(row.account().actor(), password(row)));
    }

    private String password(AccountRows.Row row) {
        String facts = row.account().username() + "\n" + row.passwordHash();
        return key.sign(PURPOSE, facts).substring(0, LENGTH);
    }
}
