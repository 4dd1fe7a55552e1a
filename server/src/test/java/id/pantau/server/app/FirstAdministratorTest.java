package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.IdentityException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;

class FirstAdministratorTest {
    @TempDir Path home;

    @Test
    void isThereBeforeTheServerAnswers() {
        var known = new ArrayList<Boolean>();
        try (Server _ =
                Server.start(
                        TestServers.settings(home, "a-long-password-1"),
                        context ->
                                context.addApplicationListener(event -> {
                                    if (event instanceof WebServerInitializedEvent) {
                                        known.add(
                                                context.getBean(Accounts.class).hasAdministrator());
                                    }
                                }))) {
            assertThat(known).containsExactly(true);
        }
    }

    @Test
    void aWeakPasswordIsRefused() {
        assertThatThrownBy(() -> TestServers.start(home, "short"))
                .isInstanceOf(IdentityException.class);
    }
}
