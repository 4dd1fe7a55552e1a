package id.pantau.server.app;

import id.pantau.server.database.DatabaseSettings;
import id.pantau.server.identity.IdentitySettings;
import id.pantau.server.recording.RecordingSettings;
import id.pantau.server.settings.Home;
import id.pantau.server.tls.TlsSettings;
import id.pantau.server.web.HttpsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every start-up setting, typed; one record per module.
///
/// @param adminPassword creates the user `admin` on the first start; null to print a set-up link
public record Settings(
        Home home,
        HttpSettings http,
        HttpsSettings https,
        TlsSettings tls,
        StreamSettings streams,
        WorkerSettings worker,
        DatabaseSettings database,
        RecordingSettings recording,
        IdentitySettings identity,
        @Nullable String adminPassword) {

    /// What goes into the Spring context for the wiring to take.
    List<Object> beans() {
        return List.of(home, http, https, tls, streams, worker, database, recording, identity);
    }

    @Override
    public String toString() {
        return "Settings[home=" + home + ", http=" + http + "]"; // the others hold passwords
    }
}
