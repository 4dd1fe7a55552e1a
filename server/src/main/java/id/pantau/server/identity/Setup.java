package id.pantau.server.identity;

import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first administrator. Whoever can read the server's console gets a link with a token that
/// works once, until an administrator exists; it is made anew at every start.
public final class Setup {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Accounts accounts;
    private final SignIns signIns;
    private final String token;

    Setup(Accounts accounts, SignIns signIns, SecureRandom random) {
        this.accounts = accounts;
        this.signIns = signIns;
        this.token = Tokens.random(random);
    }

    public boolean needed() {
        return !accounts.hasAdministrator();
    }

    /// What the printed link carries; only for the console.
    public String token() {
        return token;
    }

    /// Creates the first administrator and signs them in.
    ///
    /// @throws IdentityException SETUP_REFUSED, USERNAME_INVALID, USERNAME_TAKEN or PASSWORD_WEAK
    public SignIns.NewSession complete(
            String givenToken,
            String username,
            String password,
            Language language,
            String address) {
        if (!needed()) {
            throw new IdentityException(
                    IdentityException.Reason.SETUP_REFUSED,
                    "this server is set up already; sign in");
        }
        if (!Tokens.sameText(token, givenToken)) {
            AUDIT.warn("set-up refused address={}", address);
            throw new IdentityException(
                    IdentityException.Reason.SETUP_REFUSED,
                    "the set-up link is not the one this server printed at its last start");
        }
        Account account = accounts.addFirstAdministrator(username, password, language);
        AUDIT.info("set-up done user={} address={}", account.username(), address);
        return signIns.open(account);
    }
}
