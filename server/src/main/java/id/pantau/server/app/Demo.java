package id.pantau.server.app;

import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// What `up --demo` adds: an administrator and an operator with passwords made for this home, and
/// simulated cameras.
@Component
final class Demo {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 12;

    private final Accounts accounts;
    private final DemoCameras cameras;
    private final SecureRandom random = new SecureRandom();

    Demo(Accounts accounts, DemoCameras cameras) {
        this.accounts = accounts;
        this.cameras = cameras;
    }

    /// Returns when the simulated cameras play.
    ///
    /// @param progress told what is being done, a line each
    /// @return what the person at the console should know, a line each
    List<String> start(Consumer<String> progress) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        cameras.start(progress);
        if (!accounts.hasAdministrator()) {
            lines.add("sign in: " + add("demo", Role.ADMINISTRATOR));
            lines.add("operator: " + add("operator", Role.OPERATOR));
        } else {
            lines.add(
                    "accounts: as made before in this home (pantau user passwd NAME sets a new password)");
        }
        return lines;
    }

    private String add(String username, Role role) {
        var password = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        accounts.add(username, password.toString(), role, new CameraRights.All(), Language.ID);
        return username + " / " + password;
    }
}
