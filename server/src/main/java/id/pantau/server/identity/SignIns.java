package id.pantau.server.identity;

import id.pantau.server.database.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in and out, and finding the actor behind a credential. Thread-safe.
///
/// Every sign-in, good or bad, is one line of the logger `audit`.
public final class SignIns {
    /// A browser's new login session; its token is the cookie and is kept nowhere else.
    public record NewSession(Actor actor, String token) {}

    /// A program's new access token.
    public record NewToken(String accessToken, Instant expiresAt) {}

    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    /// A session's last use is written at most this often.
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private final Database database;
    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final IdentitySettings settings;
    private final Clock clock;
    private final SecureRandom random;

    SignIns(
            Database database,
            Accounts accounts,
            Passwords passwords,
            IdentitySettings settings,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = new LoginThrottle(clock);
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /// @param address of the client, for throttling and the audit line
    /// @throws IdentityException BAD_CREDENTIALS, or THROTTLED without having looked at the
    ///   password
    public NewSession signIn(String username, String password, String address) {
        return open(verified(username, password, address, "session"));
    }

    /// @throws IdentityException as [#signIn]
    public NewToken issueToken(String username, String password, String address) {
        Account account = verified(username, password, address, "token");
        String token = Tokens.random(random);
        Instant now = clock.instant();
        Instant until = now.plus(settings.tokenLife());
        database.write(jdbc -> {
            CredentialRows.insertBearer(jdbc, Tokens.hash(token), account.username(), now, until);
            AccountRows.setLastSignIn(jdbc, account.username(), now);
            return true;
        });
        return new NewToken(token, until);
    }

    /// Checks a password for a connection that keeps neither session nor token (RTSP, RTMP).
    ///
    /// @param what for the audit line: `rtsp`
    /// @throws IdentityException as [#signIn]
    public Actor check(String username, String password, String address, String what) {
        return verified(username, password, address, what).actor();
    }

    /// Opens a login session without a password: for the one who just set the server up.
    NewSession open(Account account) {
        String token = Tokens.random(random);
        Instant now = clock.instant();
        database.write(jdbc -> {
            CredentialRows.deleteExpired(
                    jdbc,
                    now,
                    now.minus(settings.sessionIdle()),
                    now.minus(settings.sessionLife()));
            CredentialRows.insertSession(jdbc, Tokens.hash(token), account.username(), now);
            AccountRows.setLastSignIn(jdbc, account.username(), now);
            return true;
        });
        return new NewSession(account.actor(), token);
    }

    /// Ends the login session; an unknown token is ended already.
    public void signOut(String sessionToken) {
        database.write(jdbc -> {
            CredentialRows.deleteSession(jdbc, Tokens.hash(sessionToken));
            return true;
        });
    }

    /// Changes the actor's own password and ends their other sessions and tokens.
    ///
    /// @param sessionToken the session that stays; empty for none
    /// @throws IdentityException BAD_CREDENTIALS when `current` is wrong, THROTTLED, PASSWORD_WEAK
    public void changePassword(
            Actor actor, String current, String next, String address, String sessionToken) {
        verified(actor.username(), current, address, "password");
        accounts.change(
                actor.username(), AccountChange.ofPassword(next), Tokens.hash(sessionToken));
        AUDIT.info("password changed user={} address={}", actor.username(), address);
    }

    /// The user of a live login session; using it moves its idle expiry.
    public Optional<Actor> findBySession(String sessionToken) {
        String hash = Tokens.hash(sessionToken);
        Instant now = clock.instant();
        Optional<CredentialRows.SessionRow> session =
                database.read(jdbc -> CredentialRows.findSession(jdbc, hash))
                        .filter(row -> row.lastUsedAt().plus(settings.sessionIdle()).isAfter(now))
                        .filter(row -> row.createdAt().plus(settings.sessionLife()).isAfter(now));
        if (session.isPresent() && session.get().lastUsedAt().plus(TOUCH).isBefore(now)) {
            database.write(jdbc -> {
                CredentialRows.touchSession(jdbc, hash, now);
                return true;
            });
        }
        return session.flatMap(row -> accounts.find(row.username())).map(Account::actor);
    }

    public Optional<Actor> findByBearer(String bearerToken) {
        Instant now = clock.instant();
        return database.read(jdbc ->
                        CredentialRows.findBearer(jdbc, Tokens.hash(bearerToken), now)
                                .flatMap(username -> AccountRows.find(jdbc, username)))
                .map(row -> row.account().actor());
    }

    /// Whether this user still exists and may still see the camera: asked every few seconds by
    /// connections that outlive a request (WebSocket, RTSP).
    public boolean stillMayView(String username, String cameraId) {
        return accounts.find(username)
                .map(account -> Rights.mayView(account.actor(), cameraId))
                .orElse(false);
    }

    private Account verified(String username, String password, String address, String what) {
        String name = Accounts.normalised(username);
        Optional<Duration> wait = throttle.waitFor(name, address);
        if (wait.isPresent()) {
            long seconds = Math.max(1, wait.get().toSeconds());
            AUDIT.warn(
                    "sign-in throttled user={} address={} for={}", loggable(name), address, what);
            throw new IdentityException(
                    IdentityException.Reason.THROTTLED,
                    "too many failed sign-ins; try again in " + seconds + " seconds",
                    Map.of("retryAfterS", Long.toString(seconds)));
        }
        // Counted before the slow hash: tries sent side by side are counted like tries in a row.
        throttle.failed(name, address);
        Optional<AccountRows.Row> row =
                Accounts.isUsername(name) ? accounts.findRow(name) : Optional.empty();
        boolean good = row.isPresent() && passwords.matches(password, row.get().passwordHash());
        if (row.isEmpty()) {
            passwords.matchNobody(password);
        }
        if (!good) {
            AUDIT.warn("sign-in refused user={} address={} for={}", loggable(name), address, what);
            throw new IdentityException(
                    IdentityException.Reason.BAD_CREDENTIALS, "user name or password is wrong");
        }
        throttle.succeeded(name, address);
        AUDIT.info("sign-in user={} address={} for={}", name, address, what);
        return row.get().account();
    }

    /// People type passwords into the wrong field: only what could be a user name is written down.
    private static String loggable(String name) {
        return Accounts.isUsername(name) ? name : "(not a user name)";
    }
}
