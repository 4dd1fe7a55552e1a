package id.pantau.server.identity;

import id.pantau.server.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The users. Every question reads the database, so that a change made by the command line counts
/// at once. Thread-safe.
public final class Accounts {
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,31}");

    private final Database database;
    private final Passwords passwords;
    private final Clock clock;

    Accounts(Database database, Passwords passwords, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// For the command line, where nobody signs in.
    public static Accounts of(Database database, Clock clock) {
        return new Accounts(database, new Passwords(), clock);
    }

    /// By name.
    public List<Account> list() {
        return database.read(
                jdbc -> AccountRows.list(jdbc).stream().map(AccountRows.Row::account).toList());
    }

    public Optional<Account> find(String username) {
        return findRow(username).map(AccountRows.Row::account);
    }

    /// @throws IdentityException NO_SUCH_USER
    public Account get(String username) {
        return find(username).orElseThrow(() -> noSuchUser(username));
    }

    public boolean hasAdministrator() {
        return database.read(jdbc -> AccountRows.countAdministrators(jdbc) > 0);
    }

    /// @throws IdentityException USERNAME_INVALID, USERNAME_TAKEN or PASSWORD_WEAK
    public Account add(
            String username, String password, Role role, CameraRights cameras, Language language) {
        return add(username, password, role, cameras, language, false);
    }

    /// @throws IdentityException SETUP_REFUSED when there is an administrator already, else as
    ///   [#add]
    Account addFirstAdministrator(String username, String password, Language language) {
        return add(username, password, Role.ADMINISTRATOR, new CameraRights.All(), language, true);
    }

    private Account add(
            String username,
            String password,
            Role role,
            CameraRights cameras,
            Language language,
            boolean onlyAsFirst) {
        String name = requireUsername(username);
        passwords.requireGood(password, name);
        String hash = passwords.hash(password);
        Account account = new Account(name, role, cameras, language, clock.instant(), null);
        return database.write(jdbc -> {
            if (onlyAsFirst && AccountRows.countAdministrators(jdbc) > 0) {
                throw new IdentityException(
                        IdentityException.Reason.SETUP_REFUSED,
                        "this server is set up already; sign in");
            }
            if (AccountRows.find(jdbc, name).isPresent()) {
                throw new IdentityException(
                        IdentityException.Reason.USERNAME_TAKEN,
                        "there is already a user \"" + name + "\"",
                        Map.of("username", name));
            }
            AccountRows.insert(jdbc, account, hash);
            return account;
        });
    }

    /// Ends the user's login sessions and bearer tokens, unless only the language changes.
    ///
    /// @throws IdentityException NO_SUCH_USER, PASSWORD_WEAK or LAST_ADMINISTRATOR
    public Account change(String username, AccountChange change) {
        return change(username, change, "");
    }

    /// @param exceptSessionHash the login session that stays
    Account change(String username, AccountChange change, String exceptSessionHash) {
        String newPassword = change.password();
        String newHash = null;
        if (newPassword != null) {
            passwords.requireGood(newPassword, normalised(username));
            newHash = passwords.hash(newPassword); // outside the transaction: it takes 30 ms
        }
        String hash = newHash;
        return database.write(jdbc -> {
            AccountRows.Row before =
                    AccountRows.find(jdbc, normalised(username))
                            .orElseThrow(() -> noSuchUser(username));
            Account account = changed(before.account(), change);
            if (account.role() != Role.ADMINISTRATOR) {
                requireAnotherAdministrator(jdbc, before.account());
            }
            AccountRows.update(jdbc, account, hash == null ? before.passwordHash() : hash);
            if (change.endsSessions()) {
                CredentialRows.deleteAllOf(jdbc, account.username(), exceptSessionHash);
            }
            return account;
        });
    }

    /// Ends the user's login sessions and bearer tokens too.
    ///
    /// @throws IdentityException NO_SUCH_USER or LAST_ADMINISTRATOR
    public void remove(String username) {
        database.write(jdbc -> {
            AccountRows.Row row =
                    AccountRows.find(jdbc, normalised(username))
                            .orElseThrow(() -> noSuchUser(username));
            requireAnotherAdministrator(jdbc, row.account());
            CredentialRows.deleteAllOf(jdbc, row.account().username(), "");
            AccountRows.delete(jdbc, row.account().username());
            return true;
        });
    }

    Optional<AccountRows.Row> findRow(String username) {
        return database.read(jdbc -> AccountRows.find(jdbc, normalised(username)));
    }

    /// Names differ by more than upper and lower case.
    static String normalised(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isUsername(String normalised) {
        return USERNAME.matcher(normalised).matches();
    }

    private static String requireUsername(String username) {
        String name = normalised(username);
        if (!isUsername(name)) {
            throw new IdentityException(
                    IdentityException.Reason.USERNAME_INVALID,
                    "has 2 to 32 letters a-z, digits, dots, hyphens and underscores, and starts with a letter"
                            + " or digit");
        }
        return name;
    }

    private static void requireAnotherAdministrator(JdbcClient jdbc, Account leaving) {
        if (leaving.role() == Role.ADMINISTRATOR && AccountRows.countAdministrators(jdbc) < 2) {
            throw new IdentityException(
                    IdentityException.Reason.LAST_ADMINISTRATOR,
                    "\""
                            + leaving.username()
                            + "\" is the last administrator; make another one first",
                    Map.of("username", leaving.username()));
        }
    }

    private static Account changed(Account before, AccountChange change) {
        Role role = change.role();
        CameraRights cameras = change.cameras();
        Language language = change.language();
        return new Account(
                before.username(),
                role == null ? before.role() : role,
                cameras == null ? before.cameras() : cameras,
                language == null ? before.language() : language,
                before.createdAt(),
                before.lastSignInAt());
    }

    static IdentityException noSuchUser(String username) {
        return new IdentityException(
                IdentityException.Reason.NO_SUCH_USER,
                "there is no user \"" + normalised(username) + "\"");
    }
}
