package id.pantau.server.identity;

import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/// The module's objects, wired to each other.
public record Identity(
        Accounts accounts,
        SignIns signIns,
        CsrfTokens csrfTokens,
        Tickets tickets,
        StreamPasswords streamPasswords,
        Setup setup) {
    private static final String KEY_FILE = "keys/signing.key";

    /// @param home the key file is `keys/signing.key` in it
    /// @throws IOException if the key file cannot be read or made
    public static Identity open(
            Database database, Path home, IdentitySettings settings, Clock clock)
            throws IOException {
        var random = new SecureRandom();
        KeyFile key = KeyFile.open(home.resolve(KEY_FILE), random);
        var passwords = new Passwords();
        var accounts = new Accounts(database, passwords, clock);
        var signIns = new SignIns(database, accounts, passwords, settings, clock, random);
        return new Identity(
                accounts,
                signIns,
                new CsrfTokens(key),
                new Tickets(key, accounts, settings.ticketLife(), clock),
                new StreamPasswords(key, accounts),
                new Setup(accounts, signIns, random));
    }
}
