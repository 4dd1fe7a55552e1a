package id.pantau.server.app;

import java.nio.file.Path;
import java.util.Map;

/// Starts whole servers for tests, on any free port.
public final class TestServers {
    private TestServers() {}

    /// @param home an empty directory
    public static Server start(Path home, String adminPassword) {
        return Server.start(
                SettingsLoader.load(
                        home,
                        Map.of(
                                "PANTAU_HTTP_PORT", "0",
                                "PANTAU_ADMIN_PASSWORD", adminPassword)));
    }
}
