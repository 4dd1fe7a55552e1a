package id.pantau.server.app;

import id.pantau.server.database.Database;
import id.pantau.server.identity.Account;
import id.pantau.server.identity.AccountChange;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.IdentityException;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pantau user`: users, also while the server runs.
@Command(
        name = "user",
        description = "List and add users and set passwords, whether or not the server runs.",
        footer =
                "%nThe password is asked for; without a terminal it is the first line of the standard input.")
final class UserCommand implements Runnable {
    @Mixin private HomeOption home = new HomeOption();
    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name a command: list, add or passwd.");
    }

    @Command(name = "list", description = "List the users.")
    int list(@Mixin HomeOption home) {
        for (Account account : with(home, Accounts::list)) {
            String cameras =
                    switch (account.cameras()) {
                        case CameraRights.All _ -> "all cameras";
                        case CameraRights.Only(Set<String> ids) ->
                                ids.isEmpty() ? "no camera" : String.join(",", new TreeSet<>(ids));
                    };
            spec.commandLine()
                    .getOut()
                    .println(
                            "%-20s %-13s %s"
                                    .formatted(
                                            account.username(),
                                            account.role().name().toLowerCase(Locale.ROOT),
                                            cameras));
        }
        return ExitCode.OK;
    }

    @Command(name = "add", description = "Add a user.")
    int add(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "NAME") String username,
            @Option(
                            names = "--role",
                            description = "administrator or operator (default).",
                            defaultValue = "operator")
                    String role,
            @Option(
                            names = "--cameras",
                            split = ",",
                            paramLabel = "ID",
                            description = "Cameras an operator may see; without it all.")
                    @Nullable List<String> cameras,
            @Option(names = "--language", description = "id (default) or en.", defaultValue = "id")
                    String language)
            throws IOException {
        Role wanted =
                switch (role) {
                    case "administrator" -> Role.ADMINISTRATOR;
                    case "operator" -> Role.OPERATOR;
                    default ->
                            throw wrong(
                                    "--role is administrator or operator, not \"" + role + "\"");
                };
        Language spoken =
                switch (language) {
                    case "id" -> Language.ID;
                    case "en" -> Language.EN;
                    default -> throw wrong("--language is id or en, not \"" + language + "\"");
                };
        CameraRights rights =
                cameras == null
                        ? new CameraRights.All()
                        : new CameraRights.Only(Set.copyOf(cameras));
        String password = readPassword();
        String added =
                with(
                        home,
                        accounts ->
                                accounts.add(username, password, wanted, rights, spoken)
                                        .username());
        spec.commandLine().getOut().println("added " + added);
        return ExitCode.OK;
    }

    @Command(name = "passwd", description = "Set a user's password; their sign-ins end.")
    int passwd(@Mixin HomeOption home, @Parameters(paramLabel = "NAME") String username)
            throws IOException {
        with(home, accounts -> accounts.get(username)); // says so before it asks for a password
        String password = readPassword();
        with(home, accounts -> accounts.change(username, AccountChange.ofPassword(password)));
        spec.commandLine().getOut().println("password of " + username + " set");
        return ExitCode.OK;
    }

    private static <T> T with(HomeOption home, Function<Accounts, T> work) {
        try (Database database = Database.open(home.settings().database())) {
            return work.apply(Accounts.of(database, Clock.systemUTC()));
        } catch (IdentityException e) {
            String subject =
                    switch (e.reason()) {
                        case PASSWORD_WEAK -> "the password ";
                        case USERNAME_INVALID -> "a user name ";
                        case BAD_CREDENTIALS,
                                THROTTLED,
                                NO_SUCH_USER,
                                USERNAME_TAKEN,
                                LAST_ADMINISTRATOR,
                                NO_SUCH_CAMERA,
                                SETUP_REFUSED ->
                                "";
                    };
            throw new CommandFailedException(ExitCode.FAILED, subject + e.getMessage());
        }
    }

    private static String readPassword() throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Password: ");
            char[] again = console.readPassword("Again: ");
            if (typed == null || again == null || !new String(typed).equals(new String(again))) {
                throw new CommandFailedException(ExitCode.FAILED, "the two passwords differ");
            }
            return new String(typed);
        }
        String line =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine();
        if (line == null || line.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "give the password as the first line of the standard input");
        }
        return line;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
